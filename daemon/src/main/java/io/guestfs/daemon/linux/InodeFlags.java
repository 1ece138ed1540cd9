package io.guestfs.daemon.linux;

/** The flags of an open file's inode, and its generation ({@code ioctl}s of linux/fs.h). */
public final class InodeFlags {
  private static final long FS_IOC_GETFLAGS = 0x80086601L;
  private static final long FS_IOC_SETFLAGS = 0x40086602L;
  private static final long FS_IOC_GETVERSION = 0x80087601L;
  private static final long FS_IOC_SETVERSION = 0x40087602L;

  private final Fd file;

  /** Of an open file, which stays the caller's to close. */
  public InodeFlags(Fd file) {
    this.file = file;
  }

  public int get() {
    return read(FS_IOC_GETFLAGS, "FS_IOC_GETFLAGS");
  }

  public void set(int flags) {
    write(FS_IOC_SETFLAGS, "FS_IOC_SETFLAGS", flags);
  }

  /** 32 bits, unsigned. */
  public long generation() {
    return Integer.toUnsignedLong(read(FS_IOC_GETVERSION, "FS_IOC_GETVERSION"));
  }

  public void setGeneration(long generation) {
    write(FS_IOC_SETVERSION, "FS_IOC_SETVERSION", (int) generation);
  }

  /** The numbers of the requests say that a long is passed; the kernel takes half of it. */
  private int read(long request, String name) {
    Scratch scratch = Scratch.take();
    int offset = scratch.reserve(8);
    file.ioctl(scratch, request, scratch.address(offset), name);
    return scratch.memory().getInt(offset);
  }

  private void write(long request, String name, int value) {
    Scratch scratch = Scratch.take();
    int offset = scratch.reserve(8);
    scratch.memory().putInt(offset, value);
    file.ioctl(scratch, request, scratch.address(offset), name);
  }
}
