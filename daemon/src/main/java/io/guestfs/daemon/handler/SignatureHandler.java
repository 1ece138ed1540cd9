package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_EXCL;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.Roles;
import io.guestfs.calls.wire.SignatureCallsHandler;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.device.LayeredDevices;
import io.guestfs.daemon.filesystem.Blkid;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.tool.Tool;
import java.util.Map;

/** Serves the calls about signatures on devices. */
public final class SignatureHandler implements SignatureCallsHandler {
  private final Disks disks;
  private final LayeredDevices layers;
  private final Roles roles;

  public SignatureHandler(Disks disks, LayeredDevices layers, Roles roles) {
    this.disks = disks;
    this.layers = layers;
    this.roles = roles;
  }

  @Override
  public Map<String, String> blkid(Device device) {
    Map<String, String> tags = Blkid.tags(device);
    tags.replace(Blkid.DEVICE_NAME, roles.name(device));
    return tags;
  }

  @Override
  public Device findfsLabel(String label) {
    return find("LABEL", label);
  }

  @Override
  public Device findfsUuid(String uuid) {
    return find("UUID", uuid);
  }

  @Override
  public Device findfsPartlabel(String label) {
    return find("PARTLABEL", label);
  }

  @Override
  public Device findfsPartuuid(String uuid) {
    return find("PARTUUID", uuid);
  }

  private Device find(String tag, String value) {
    disks.require();
    disks.activateVolumes();
    Device device = Blkid.find(tag, value);
    Device volume = layers.logicalVolume(device.name());
    return volume == null ? device : volume;
  }

  @Override
  public void wipefs(Device device) {
    // Forced, since a partition table stays otherwise, it no longer asks whether it is in use.
    Fd.open(device.name(), O_RDWR | O_EXCL, 0).close();
    Tool.of("wipefs", "--all", "--force", "--", device.name()).run();
    try (Fd fd = Fd.open(device.name(), O_RDONLY, 0)) {
      new BlockDevice(fd).forgetPartitions();
    }
  }
}
