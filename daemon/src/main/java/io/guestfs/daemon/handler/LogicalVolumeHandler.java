package io.guestfs.daemon.handler;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.wire.LogicalVolumeCallsHandler;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.device.LayeredDevices;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.lvm.Lvm;
import java.util.List;

/** Serves the calls that change logical volumes. */
public final class LogicalVolumeHandler implements LogicalVolumeCallsHandler {
  private static final int PERCENT_MAX = 100;

  private final Lvm lvm;
  private final Disks disks;
  private final LayeredDevices layers;

  public LogicalVolumeHandler(Lvm lvm, Disks disks, LayeredDevices layers) {
    this.lvm = lvm;
    this.disks = disks;
    this.layers = layers;
  }

  @Override
  public void lvcreateFree(String logvol, String volgroup, int percent) {
    String extents = requirePercent(percent) + "%FREE";
    lvm.run(
        List.of("lvcreate", "--yes", "--extents", extents, "--name", logvol), List.of(volgroup));
  }

  @Override
  public void lvremove(Device device) {
    lvm.run(List.of("lvremove", "--yes", "--force"), List.of(device.name()));
  }

  @Override
  public void lvrename(String logvol, String newlogvol) {
    lvm.run(List.of("lvrename"), List.of(logvol, newlogvol));
  }

  @Override
  public void lvresize(Device device, int mbytes) {
    if (mbytes <= 0) {
      throw new CallException(Errno.EINVAL, "mbytes is " + mbytes + ": it must be positive");
    }
    lvm.run(
        List.of("lvresize", "--yes", "--force", "--size", mbytes + "m"), List.of(device.name()));
  }

  @Override
  public void lvresizeFree(Device lv, int percent) {
    String extents = "+" + requirePercent(percent) + "%FREE";
    lvm.run(List.of("lvresize", "--extents", extents), List.of(lv.name()));
  }

  private static int requirePercent(int percent) {
    if (percent < 0 || percent > PERCENT_MAX) {
      throw new CallException(Errno.EINVAL, "percent is " + percent + ": it must be 0 to 100");
    }
    return percent;
  }

  @Override
  public String lvuuid(Device device) {
    return lvm.value("lvs", "lv_uuid", device.name());
  }

  @Override
  public boolean isLv(Mountable mountable) {
    return mountable.subvolume() == null && layers.logicalVolume(mountable.device().name()) != null;
  }

  @Override
  public Device lvmCanonicalLvName(String lvname) {
    disks.activateVolumes();
    Device volume = Device.isDevice(lvname) ? layers.logicalVolume(lvname) : null;
    if (volume == null) {
      throw new CallException(Errno.EINVAL, lvname + ": this is not a logical volume");
    }
    return volume;
  }
}
