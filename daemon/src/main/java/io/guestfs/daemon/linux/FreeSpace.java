package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;

/** The blocks of a mounted file system that hold nothing. */
public final class FreeSpace {
  private static final long FITRIM = 0xc0185879L;

  private FreeSpace() {}

  /**
   * Tells the device below of free ranges that are at least so long and lie in a part of the file
   * system, all in bytes. {@code file} is any that is open there.
   */
  public static void trim(Fd file, long offset, long length, long minimumExtent) {
    Scratch scratch = Scratch.take();
    long range = scratch.words(offset, length, minimumExtent);
    try {
      file.ioctl(scratch, FITRIM, range, "FITRIM");
    } catch (CallException e) {
      // The answer of a file system that does not know the request.
      throw e.is(Errno.ENOTTY) ? CallException.failed("FITRIM: " + file.name(), Errno.ENOTSUP) : e;
    }
  }
}
