package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.DeviceCallsHandler;
import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.content.Zeroing;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.device.LayeredDevices;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import java.util.ArrayList;
import java.util.List;

/** Serves the calls about block devices as a whole. */
public final class DeviceHandler implements DeviceCallsHandler {
  /** What is cleared at the start of a device, in bytes. */
  private static final long ZERO_SIZE = 128 * 1024;

  private final Disks disks;
  private final LayeredDevices layers;

  public DeviceHandler(Disks disks, LayeredDevices layers) {
    this.disks = disks;
    this.layers = layers;
  }

  @Override
  public List<Device> listDevices() {
    return disks.list();
  }

  @Override
  public int nrDevices() {
    return disks.list().size();
  }

  @Override
  public List<Device> listPartitions() {
    List<Device> partitions = new ArrayList<>(disks.partitions());
    partitions.addAll(layers.arrayPartitions());
    return partitions;
  }

  @Override
  public long blockdevGetsize64(Device device) {
    try (Fd fd = Fd.open(device.name(), O_RDONLY, 0)) {
      return new BlockDevice(fd).size();
    }
  }

  @Override
  public void zero(Device device, Progress progress) {
    try (Fd fd = Fd.open(device.name(), O_RDWR, 0)) {
      Zeroing.cover(fd, Math.min(ZERO_SIZE, new BlockDevice(fd).size()), progress);
      new BlockDevice(fd).forgetPartitions();
    }
  }

  @Override
  public String checksumDevice(String csumtype, Device device) {
    ChecksumType type = ChecksumType.of(csumtype);
    try (Fd fd = Fd.open(device.name(), O_RDONLY, 0)) {
      return type.sum(fd);
    }
  }
}
