package io.guestfs.daemon.filesystem;

import static io.guestfs.daemon.linux.OpenFlags.O_EXCL;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.tool.Tool;

/** A device that is to get something new, or to be changed while nobody uses it. */
final class FreshDevice {
  private FreshDevice() {}

  /**
   * Makes sure that nothing uses the device, which programs that are forced no longer ask; returns
   * the size of its sectors.
   */
  static int claim(Device device) {
    try (Fd fd = Fd.open(device.name(), O_RDWR | O_EXCL, 0)) {
      return new BlockDevice(fd).sectorSize();
    }
  }

  /** Removes what is left of another file system, which may be found instead of the new one. */
  static void wipe(Device device) {
    Tool.of("wipefs", "--all", "--force", device.name()).run();
  }

  /** Whether something uses the device, mostly a mount. */
  static boolean isInUse(Device device) {
    try {
      Fd.open(device.name(), O_RDONLY | O_EXCL, 0).close();
      return false;
    } catch (CallException e) {
      if (e.is(Errno.EBUSY)) {
        return true;
      }
      throw e;
    }
  }
}
