package io.guestfs.daemon.linux;

/** Seconds since 1970 and nanoseconds, or one of the two special values of {@code utimensat(2)}. */
public record FileTime(long seconds, long nanoseconds) {
  /** The present. */
  public static final FileTime NOW = new FileTime(0, 0x3fffffff);

  /** Leaves the time stamp as it is. */
  public static final FileTime OMIT = new FileTime(0, 0x3ffffffe);

  static long write(Scratch scratch, FileTime access, FileTime modification) {
    return scratch.words(
        access.seconds, access.nanoseconds, modification.seconds, modification.nanoseconds);
  }
}
