package io.guestfs.daemon.handler;

import io.guestfs.calls.LV;
import io.guestfs.calls.PV;
import io.guestfs.calls.VG;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.LvmCallsHandler;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.lvm.Lvm;
import java.util.ArrayList;
import java.util.List;

/** Serves the calls about LVM. */
public final class LvmHandler implements LvmCallsHandler {
  private final Lvm lvm;
  private final Roles roles;

  public LvmHandler(Lvm lvm, Roles roles) {
    this.lvm = lvm;
    this.roles = roles;
  }

  @Override
  public void pvcreate(Device device) {
    lvm.run(List.of("pvcreate", "--yes", "--force"), List.of(device.name()));
  }

  @Override
  public List<Device> pvs() {
    return lvm.physicalVolumeDevices();
  }

  @Override
  public List<PV> pvsFull() {
    return lvm.physicalVolumes(roles::name);
  }

  @Override
  public void vgcreate(String volgroup, List<Device> physvols) {
    List<String> names = new ArrayList<>(List.of(volgroup));
    physvols.forEach(device -> names.add(device.name()));
    lvm.run(List.of("vgcreate"), names);
  }

  @Override
  public List<String> vgs() {
    return lvm.volumeGroupNames();
  }

  @Override
  public List<VG> vgsFull() {
    return lvm.volumeGroups();
  }

  @Override
  public void lvcreate(String logvol, String volgroup, int mbytes) {
    if (mbytes <= 0) {
      throw new CallException(Errno.EINVAL, "mbytes is " + mbytes + ": it must be positive");
    }
    // A signature that an earlier volume left in the same place is wiped, too.
    lvm.run(
        List.of("lvcreate", "--yes", "--size", mbytes + "m", "--name", logvol), List.of(volgroup));
  }

  @Override
  public List<Device> lvs() {
    return lvm.logicalVolumeDevices();
  }

  @Override
  public List<LV> lvsFull() {
    return lvm.logicalVolumes();
  }

  @Override
  public void lvmScan(boolean activate) {
    lvm.scan();
    if (activate) {
      lvm.activateAll();
    }
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for users, served all the same
  public void vgscan() {
    lvm.scan();
  }

  @Override
  public void lvmSetFilter(List<Device> devices) {
    lvm.setFilter(devices);
  }

  @Override
  public void lvmClearFilter() {
    lvm.clearFilter();
  }

  @Override
  public void lvmRemoveAll() {
    lvm.removeAll();
  }
}
