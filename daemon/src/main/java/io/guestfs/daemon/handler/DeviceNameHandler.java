package io.guestfs.daemon.handler;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.DeviceNameCallsHandler;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.device.LayeredDevices;
import io.guestfs.daemon.device.PartitionNode;
import java.util.List;
import java.util.Map;

/** Serves the calls about names of devices. */
public final class DeviceNameHandler implements DeviceNameCallsHandler {
  private final Disks disks;
  private final LayeredDevices layers;

  public DeviceNameHandler(Disks disks, LayeredDevices layers) {
    this.disks = disks;
    this.layers = layers;
  }

  @Override
  public boolean isWholeDevice(Device device) {
    return disks.isWhole(device);
  }

  @Override
  public Device partToDev(Device partition) {
    return PartitionNode.of(partition).disk();
  }

  @Override
  public int partToPartnum(Device partition) {
    return PartitionNode.of(partition).number();
  }

  @Override
  public Map<String, Device> listDiskLabels() {
    return disks.labels();
  }

  @Override
  public List<Device> listDmDevices() {
    return layers.others();
  }
}
