package io.guestfs.daemon.filesystem;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.xdr.GuestString;

/** Changes the label of what is on a device. */
public final class FilesystemLabel {
  /** Swap areas have room for one more, which mkswap(8) makes a zero. */
  static final int SWAP_MAX = 15;

  private FilesystemLabel() {}

  /** Sets the label, or removes it when it is empty. */
  public static void set(Device device, String label) {
    String type = Blkid.type(device);
    check(type, label, type.equals("swap") ? SWAP_MAX : MkfsSyntax.of(type).labelMax());
    String name = device.name();
    switch (type) {
      case "ext2", "ext3", "ext4" -> Tool.of("tune2fs", "-L", label, name).run();
      case "xfs" -> XfsAdmin.setLabel(device, label);
      case "btrfs" -> Tool.of("btrfs", "filesystem", "label", "--", name, label).run();
      case "vfat" -> setFat(name, label);
      case "ntfs" -> setNtfs(name, label);
      case "swap" -> Tool.of("swaplabel", "-L", label, name).run();
      default -> throw unsupported("the label", device, type);
    }
  }

  private static void setFat(String device, String label) {
    if (label.isEmpty()) {
      Tool.of("fatlabel", "--reset", device).run();
    } else {
      Tool.of("fatlabel", "--", device, label).run();
    }
  }

  private static void setNtfs(String device, String label) {
    // The program has no way of telling it from an option.
    if (label.startsWith("-")) {
      throw new CallException(
          Errno.EINVAL, "label '" + label + "': ntfs takes none with a - first");
    }
    Tool.of("ntfslabel", device, label).run();
  }

  /** Refuses a label that is longer than ext has room for. */
  static void checkExt(String label) {
    check("ext", label, MkfsSyntax.of("ext4").labelMax());
  }

  /** Refuses a label that is longer than the file system has room for. */
  static void check(String fstype, String label, int maxBytes) {
    int length = GuestString.encode(label).length;
    // A type without a limit has no labels, and whoever sets one says so.
    if (length > maxBytes && maxBytes > 0) {
      throw new CallException(
          Errno.EINVAL,
          "label '%s' has %d bytes, and %s takes at most %d"
              .formatted(label, length, fstype, maxBytes));
    }
  }

  /** The error for a type that has no such thing, or cannot change it. */
  static CallException unsupported(String what, Device device, String type) {
    String found = type.isEmpty() ? "no file system was recognised" : "it is " + type;
    return new CallException(Errno.ENOTSUP, device + ": " + what + " is not served here: " + found);
  }
}
