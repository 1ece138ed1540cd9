package io.guestfs.daemon.handler;

import io.guestfs.calls.Stat;
import io.guestfs.calls.StatNS;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.FileTime;

/** The status of files as the structures that travel. */
final class Statuses {
  private static final long ABSENT_INODE = -1;

  /** Stands in a list for a file that is not there. */
  static final StatNS ABSENT =
      new StatNS(0, ABSENT_INODE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private Statuses() {}

  static StatNS statns(FileStatus status) {
    FileTime accessed = status.accessed();
    FileTime modified = status.modified();
    FileTime changed = status.changed();
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
        accessed.seconds(),
        accessed.nanoseconds(),
        modified.seconds(),
        modified.nanoseconds(),
        changed.seconds(),
        changed.nanoseconds(),
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
