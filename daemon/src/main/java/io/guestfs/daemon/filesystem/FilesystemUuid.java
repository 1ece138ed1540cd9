package io.guestfs.daemon.filesystem;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.KernelRandom;
import io.guestfs.daemon.tool.Tool;
import java.util.regex.Pattern;

/** Changes the UUID of what is on a device. */
public final class FilesystemUuid {
  private static final Pattern UUID_FORM =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private FilesystemUuid() {}

  /** Sets it. */
  public static void set(Device device, String uuid) {
    String type = Blkid.type(device);
    switch (type) {
      case "ext2", "ext3", "ext4" -> setExt(device, uuid);
      case "xfs" -> XfsAdmin.setUuid(device, uuid);
      // Forced, for it asks whether it may.
      case "btrfs" -> Tool.of("btrfstune", "-f", "-U", uuid, device.name()).run();
      case "swap" -> setSwap(device, uuid);
      default -> throw FilesystemLabel.unsupported("the UUID", device, type);
    }
  }

  private static void setSwap(Device device, String uuid) {
    // The program would complain and end well.
    if (!UUID_FORM.matcher(uuid).matches()) {
      throw new CallException(Errno.EINVAL, "'" + uuid + "' is not a UUID");
    }
    Tool.of("swaplabel", "-U", uuid, device.name()).run();
  }

  /** Sets it to a random one. */
  public static void setRandom(Device device) {
    set(device, KernelRandom.nextUuid().toString());
  }

  /** As {@link #set}, for ext alone, which also knows words. */
  public static void setExt(Device device, String uuid) {
    // Where it is a part of all checksums, these have to be right before.
    E2fsck.runUnlessInUse(device);
    Tool.of("tune2fs", "-U", uuid, device.name()).run();
  }
}
