package io.guestfs.daemon.device;

import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.OpenFlags;
import java.util.Objects;

/**
 * The devices that the appliance itself lives on, which are not the user's business.
 *
 * @param root what its root directory is on; 0, which no device has, when there is none
 * @param holder the disk that holds the root as a file, as in a fixed appliance; else 0
 */
record ApplianceDisk(long root, long holder) {
  static final ApplianceDisk NONE = new ApplianceDisk(0, 0);

  private static final int LOOP_MAJOR = 7;

  /** Finds out, on the machine that is the appliance. */
  static ApplianceDisk find() {
    long root = Objects.requireNonNull(FileStatus.of("/")).dev();
    if (FileStatus.major(root) != LOOP_MAJOR) {
      return new ApplianceDisk(root, 0);
    }
    String loop = "/dev/loop" + FileStatus.minor(root);
    try (Fd device = Fd.open(loop, OpenFlags.O_RDONLY, 0)) {
      return new ApplianceDisk(root, new BlockDevice(device).loopHolder());
    }
  }

  boolean is(long device) {
    return device != 0 && (device == root || device == holder);
  }
}
