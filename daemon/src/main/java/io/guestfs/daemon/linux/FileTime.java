package io.guestfs.daemon.linux;

import java.nio.ByteBuffer;

/** Seconds since 1970 and nanoseconds, or one of the two special values of {@code utimensat(2)}. */
public record FileTime(long seconds, long nanoseconds) {
  /** The present. */
  public static final FileTime NOW = new FileTime(0, 0x3fffffff);

  /** Leaves the time stamp as it is. */
  public static final FileTime OMIT = new FileTime(0, 0x3ffffffe);

  static long write(Scratch scratch, FileTime access, FileTime modification) {
    int offset = scratch.reserve(32);
    ByteBuffer memory = scratch.memory();
    memory.putLong(offset, access.seconds);
    memory.putLong(offset + 8, access.nanoseconds);
    memory.putLong(offset + 16, modification.seconds);
    memory.putLong(offset + 24, modification.nanoseconds);
    return scratch.address(offset);
  }
}
