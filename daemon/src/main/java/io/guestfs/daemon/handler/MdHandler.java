package io.guestfs.daemon.handler;

import io.guestfs.calls.MDStat;
import io.guestfs.calls.MdCreateOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.MdCallsHandler;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.device.LayeredDevices;
import io.guestfs.daemon.md.Mdadm;
import java.util.List;
import java.util.Map;

/** Serves the calls about software RAID. */
public final class MdHandler implements MdCallsHandler {
  private final Disks disks;
  private final LayeredDevices layers;
  private final Roles roles;

  public MdHandler(Disks disks, LayeredDevices layers, Roles roles) {
    this.disks = disks;
    this.layers = layers;
    this.roles = roles;
  }

  @Override
  public void mdCreate(String name, List<Device> devices, MdCreateOptions options) {
    disks.require();
    Mdadm.create(name, devices, options);
  }

  @Override
  public List<Device> listMdDevices() {
    return layers.arrays();
  }

  @Override
  public Map<String, String> mdDetail(Device md) {
    return Mdadm.detail(md);
  }

  @Override
  public void mdStop(Device md) {
    Mdadm.stop(md);
  }

  @Override
  public List<MDStat> mdStat(Device md) {
    return Mdadm.members(md, name -> roles.name(new Device(name)));
  }
}
