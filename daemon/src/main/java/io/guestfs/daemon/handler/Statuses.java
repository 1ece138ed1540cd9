package io.guestfs.daemon.handler;

import io.guestfs.calls.Stat;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.wire.StatNSStruct;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.protocol.call.PackedStructs;
import org.jspecify.annotations.Nullable;

/** The status of files as the structures that travel. */
final class Statuses {
  private static final long ABSENT_INODE = -1;

  /** Where {@link StatNS} has the inode. */
  private static final int INODE = 1;

  private static final int STATNS_BYTES = StatNSStruct.TYPE.fields().size() * Long.BYTES;

  private Statuses() {}

  /** An empty list; fails when the status of so many files does not fit into a message. */
  static PackedStructs<StatNS> list(int files) {
    if ((long) files * STATNS_BYTES > FileContent.SIZE_MAX) {
      throw new CallException(
          Errno.E2BIG,
          "the status of %d files does not fit into a message of %d; ask for fewer"
              .formatted(files, FileContent.SIZE_MAX));
    }
    return StatNSStruct.TYPE.packed(files);
  }

  static StatNS statns(FileStatus status) {
    PackedStructs<StatNS> one = StatNSStruct.TYPE.packed(1);
    append(status, one);
    return one.get(0);
  }

  /**
   * Appends the status of a file, or when there is none what stands in a list for a file without.
   */
  static void append(@Nullable FileStatus status, PackedStructs<StatNS> list) {
    int at = list.append();
    if (status == null) {
      list.hypers()[at + INODE] = ABSENT_INODE;
    } else {
      put(status, list.hypers(), at);
    }
  }

  /** In the order of the components of {@link StatNS}, of which the last six are spare. */
  private static void put(FileStatus status, long[] hypers, int start) {
    int at = start;
    hypers[at++] = status.dev();
    hypers[at++] = status.inode();
    hypers[at++] = status.mode();
    hypers[at++] = status.nlink();
    hypers[at++] = status.uid();
    hypers[at++] = status.gid();
    hypers[at++] = status.rdev();
    hypers[at++] = status.size();
    hypers[at++] = status.blockSize();
    hypers[at++] = status.blocks();
    hypers[at++] = status.accessedSeconds();
    hypers[at++] = status.accessedNanoseconds();
    hypers[at++] = status.modifiedSeconds();
    hypers[at++] = status.modifiedNanoseconds();
    hypers[at++] = status.changedSeconds();
    hypers[at] = status.changedNanoseconds();
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
        status.accessedSeconds(),
        status.modifiedSeconds(),
        status.changedSeconds());
  }
}
