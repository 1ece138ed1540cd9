package io.guestfs.daemon.handler;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.PhysicalVolumeCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.lvm.Lvm;
import java.util.List;

/** Serves the calls that change physical volumes. */
public final class PhysicalVolumeHandler implements PhysicalVolumeCallsHandler {
  private final Lvm lvm;

  public PhysicalVolumeHandler(Lvm lvm) {
    this.lvm = lvm;
  }

  @Override
  public void pvremove(Device device) {
    lvm.run(List.of("pvremove", "--yes"), List.of(device.name()));
  }

  @Override
  public void pvresize(Device device) {
    lvm.run(List.of("pvresize"), List.of(device.name()));
  }

  @Override
  public void pvresizeSize(Device device, long size) {
    if (size <= 0) {
      throw new CallException(Errno.EINVAL, "size is " + size + ": it must be positive");
    }
    lvm.run(
        List.of("pvresize", "--yes", "--setphysicalvolumesize", size + "b"),
        List.of(device.name()));
  }

  @Override
  public String pvuuid(Device device) {
    return lvm.value("pvs", "pv_uuid", device.name());
  }

  @Override
  public void pvchangeUuid(Device device) {
    lvm.run(List.of("pvchange", "--uuid"), List.of(device.name()));
  }

  @Override
  public void pvchangeUuidAll() {
    lvm.run(List.of("pvchange", "--uuid", "--all"), List.of());
  }
}
