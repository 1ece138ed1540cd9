package io.guestfs.daemon.linux;

/** Flags of {@link Fd#open} and its kin. Every descriptor is closed on exec without being asked. */
public final class OpenFlags {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_NOCTTY = 0x100;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_DIRECTORY = Architecture.X86 ? 0x10000 : 0x4000;
  public static final int O_NOFOLLOW = Architecture.X86 ? 0x20000 : 0x8000;

  /** Reads and writes go past the page cache. */
  public static final int O_DIRECT = Architecture.X86 ? 0x4000 : 0x10000;

  /** Only names the object: it is not opened, so a device or a pipe is not touched. */
  public static final int O_PATH = 0x200000;

  static final int O_CLOEXEC = 0x80000;

  private OpenFlags() {}
}
