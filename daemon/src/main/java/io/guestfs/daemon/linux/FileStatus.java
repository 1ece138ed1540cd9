package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.Errno;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What {@code statx(2)} says of a file. */
public record FileStatus(
    long dev,
    long inode,
    int mode,
    long nlink,
    long uid,
    long gid,
    long rdev,
    long size,
    long blockSize,
    long blocks,
    FileTime accessed,
    FileTime modified,
    FileTime changed,
    long mountId) {

  private static final int TYPE_MASK = 0xf000;
  private static final int STRUCT_SIZE = 256;
  private static final int BASIC_STATS_AND_MOUNT = 0x7ff | 0x1000;

  /** One of the {@link FileType} constants. */
  public FileType type() {
    return FileType.ofMode(mode);
  }

  public boolean isDirectory() {
    return type() == FileType.DIRECTORY;
  }

  public boolean isRegular() {
    return type() == FileType.REGULAR;
  }

  public boolean isSymlink() {
    return type() == FileType.SYMLINK;
  }

  public boolean isBlockDevice() {
    return type() == FileType.BLOCK;
  }

  /** The mode without the bits of the type. */
  public int permissions() {
    return mode & ~TYPE_MASK;
  }

  /** Whether both are the same file. */
  public boolean isSameFile(FileStatus other) {
    return dev == other.dev && inode == other.inode;
  }

  /** Follows symlinks; for paths of the daemon's own system. Null when there is no such file. */
  public static @Nullable FileStatus of(String path) {
    return readOrNull(Scratch.take(), Syscall.AT_FDCWD, path, 0, path);
  }

  static FileStatus read(Scratch scratch, int directory, String path, int flags, String subject) {
    int offset = scratch.room(STRUCT_SIZE);
    long result = statx(scratch, directory, path, flags, offset);
    Syscall.check(result, "stat", subject);
    return decode(scratch.memory(), offset);
  }

  static @Nullable FileStatus readOrNull(
      Scratch scratch, int directory, String path, int flags, String subject) {
    int offset = scratch.room(STRUCT_SIZE);
    long result = statx(scratch, directory, path, flags, offset);
    if (Syscall.is(result, Errno.ENOENT) || Syscall.is(result, Errno.ENOTDIR)) {
      return null;
    }
    Syscall.check(result, "stat", subject);
    return decode(scratch.memory(), offset);
  }

  private static long statx(Scratch scratch, int directory, String path, int flags, int offset) {
    return Syscall.call(
        scratch,
        Syscall.STATX,
        directory,
        scratch.string(path),
        flags,
        BASIC_STATS_AND_MOUNT,
        scratch.address(offset));
  }

  private static FileStatus decode(ByteBuffer memory, int at) {
    return new FileStatus(
        deviceNumber(memory.getInt(at + 136), memory.getInt(at + 140)),
        memory.getLong(at + 32),
        Short.toUnsignedInt(memory.getShort(at + 28)),
        Integer.toUnsignedLong(memory.getInt(at + 16)),
        Integer.toUnsignedLong(memory.getInt(at + 20)),
        Integer.toUnsignedLong(memory.getInt(at + 24)),
        deviceNumber(memory.getInt(at + 128), memory.getInt(at + 132)),
        memory.getLong(at + 40),
        Integer.toUnsignedLong(memory.getInt(at + 4)),
        memory.getLong(at + 48),
        time(memory, at + 64),
        time(memory, at + 112),
        time(memory, at + 96),
        memory.getLong(at + 144));
  }

  private static FileTime time(ByteBuffer memory, int at) {
    return new FileTime(memory.getLong(at), Integer.toUnsignedLong(memory.getInt(at + 8)));
  }

  /** Major and minor in one number, as {@code makedev} of the C library packs them. */
  public static long deviceNumber(int major, int minor) {
    return (major & 0xfffff000L) << 32
        | (major & 0xfffL) << 8
        | (minor & 0xffffff00L) << 12
        | (minor & 0xffL);
  }

  /** The major half of a device number. */
  public static int major(long device) {
    return (int) (((device >>> 32) & 0xfffff000L) | ((device >>> 8) & 0xfffL));
  }

  /** The minor half of a device number. */
  public static int minor(long device) {
    return (int) (((device >>> 12) & 0xffffff00L) | (device & 0xffL));
  }
}
