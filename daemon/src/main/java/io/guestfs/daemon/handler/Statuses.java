package io.guestfs.daemon.handler;

import io.guestfs.calls.Stat;
import io.guestfs.calls.StatNS;
import io.guestfs.daemon.linux.FileStatus;

/** The status of files as the structures that travel. */
final class Statuses {
  private static final long ABSENT_INODE = -1;

  /** Stands in a list for a file that is not there. */
  static final StatNS ABSENT =
      new StatNS(0, ABSENT_INODE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private Statuses() {}

  static StatNS statns(FileStatus status) {
    return new StatNS(
        status.dev(),
        status.inode(),
        status.mode(),
        status.nlink(),
        status.uid(),
        status.gid(),
        status.rdev(),
        status.size(),
        status.blockSize(),
        status.blocks(),
        status.accessed().seconds(),
        status.accessed().nanoseconds(),
        status.modified().seconds(),
        status.modified().nanoseconds(),
        status.changed().seconds(),
        status.changed().nanoseconds(),
        0,
        0,
        0,
        0,
        0,
        0);
  }

  static Stat stat(FileStatus status) {
    return new Stat(
        status.dev(),
        status.inode(),
        status.mode(),
        status.nlink(),
        status.uid(),
        status.gid(),
        status.rdev(),
        status.size(),
        status.blockSize(),
        status.blocks(),
        status.accessed().seconds(),
        status.modified().seconds(),
        status.changed().seconds());
  }
}
