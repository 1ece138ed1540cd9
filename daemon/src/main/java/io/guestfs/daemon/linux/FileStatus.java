package io.guestfs.daemon.linux;

import io.guestfs.calls.value.FileName;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code statx(2)} says of a file.
 *
 * <p>The kernel's structure is kept as words of 64 bits, in which it is copied at once, and taken
 * apart where something is asked for: most ask for one thing, and lists ask for thousands.
 */
public final class FileStatus {
  private static final int TYPE_MASK = 0xf000;
  private static final int STRUCT_SIZE = 256;
  private static final int STRUCT_WORDS = STRUCT_SIZE / Long.BYTES;
  private static final int BASIC_STATS_AND_MOUNT = 0x7ff | 0x1000;

  /** As many words of the structure as are looked at. */
  private static final int WORDS = 19;

  // Where in them things are; what has 32 bits is in the lower half, or the upper one.
  private static final int UPPER_BLOCK_SIZE = 0;
  private static final int LOWER_NLINK_UPPER_UID = 2;
  private static final int LOWER_GID_UPPER_MODE = 3;
  private static final int INODE = 4;
  private static final int SIZE = 5;
  private static final int BLOCKS = 6;
  private static final int ACCESSED = 8;
  private static final int CHANGED = 12;
  private static final int MODIFIED = 14;
  private static final int RDEV = 16;
  private static final int DEV = 17;
  private static final int MOUNT_ID = 18;

  /** So many structures are copied at once; together they are half of the scratch memory. */
  private static final int BATCH = Scratch.SIZE / 2 / STRUCT_SIZE;

  private final long[] words;
  private final int start;

  private FileStatus(long[] words, int start) {
    this.words = words;
    this.start = start;
  }

  public long dev() {
    return deviceNumber(lower(DEV), upper(DEV));
  }

  public long inode() {
    return word(INODE);
  }

  public int mode() {
    return upper(LOWER_GID_UPPER_MODE) & 0xffff;
  }

  public long nlink() {
    return Integer.toUnsignedLong(lower(LOWER_NLINK_UPPER_UID));
  }

  public long uid() {
    return Integer.toUnsignedLong(upper(LOWER_NLINK_UPPER_UID));
  }

  public long gid() {
    return Integer.toUnsignedLong(lower(LOWER_GID_UPPER_MODE));
  }

  public long rdev() {
    return deviceNumber(lower(RDEV), upper(RDEV));
  }

  public long size() {
    return word(SIZE);
  }

  public long blockSize() {
    return Integer.toUnsignedLong(upper(UPPER_BLOCK_SIZE));
  }

  /** Of 512 bytes each. */
  public long blocks() {
    return word(BLOCKS);
  }

  public long accessedSeconds() {
    return word(ACCESSED);
  }

  public long accessedNanoseconds() {
    return nanoseconds(ACCESSED);
  }

  public long modifiedSeconds() {
    return word(MODIFIED);
  }

  public long modifiedNanoseconds() {
    return nanoseconds(MODIFIED);
  }

  /** When the inode was changed last. */
  public long changedSeconds() {
    return word(CHANGED);
  }

  public long changedNanoseconds() {
    return nanoseconds(CHANGED);
  }

  public long mountId() {
    return word(MOUNT_ID);
  }

  /** One of the {@link FileType} constants. */
  public FileType type() {
    return FileType.ofMode(mode());
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
    return mode() & ~TYPE_MASK;
  }

  /** Whether both are the same file. */
  public boolean isSameFile(FileStatus other) {
    return dev() == other.dev() && inode() == other.inode();
  }

  /** Follows symlinks; for paths of the daemon's own system. Null when there is no such file. */
  public static @Nullable FileStatus of(String path) {
    Scratch scratch = Scratch.take();
    int offset = scratch.room(STRUCT_SIZE);
    long result = statx(scratch, Syscall.AT_FDCWD, scratch.string(path), 0, offset);
    if (isAbsent(result)) {
      return null;
    }
    Syscall.check(result, "stat", path);
    return new FileStatus(scratch.wordsAt(offset, WORDS), 0);
  }

  /**
   * The status of an entry, or with {@code AT_EMPTY_PATH} and no name of what is open itself.
   *
   * @param entry where the name is in {@code scratch}
   * @param name the same, for messages
   */
  static FileStatus read(Scratch scratch, Fd directory, long entry, int flags, String name) {
    int offset = scratch.room(STRUCT_SIZE);
    long result = statx(scratch, directory.number(), entry, flags, offset);
    return decode(scratch, offset, result, directory, name);
  }

  /** As {@link #read}; null when there is no such file. */
  static @Nullable FileStatus readOrNull(
      Scratch scratch, Fd directory, long entry, int flags, String name) {
    int offset = scratch.room(STRUCT_SIZE);
    long result = statx(scratch, directory.number(), entry, flags, offset);
    return isAbsent(result) ? null : decode(scratch, offset, result, directory, name);
  }

  /**
   * The status of each entry itself, in order, or null where it cannot be had. What many names give
   * is copied at once: Java has a lot to check at each copy.
   */
  static void readEach(Fd directory, List<FileName> names, Consumer<@Nullable FileStatus> each) {
    for (int from = 0; from < names.size(); from += BATCH) {
      List<FileName> some = names.subList(from, Math.min(from + BATCH, names.size()));
      Scratch scratch = Scratch.take();
      int offset = scratch.room(BATCH * STRUCT_SIZE);
      boolean[] known = new boolean[some.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = isRead(scratch, directory, some.get(i), offset + i * STRUCT_SIZE);
      }
      long[] words = scratch.wordsAt(offset, known.length * STRUCT_WORDS);
      for (int i = 0; i < known.length; i++) {
        each.accept(known[i] ? new FileStatus(words, i * STRUCT_WORDS) : null);
      }
    }
  }

  private static boolean isRead(Scratch scratch, Fd directory, FileName name, int offset) {
    int before = scratch.memory().position();
    try {
      long entry = scratch.string(name.bytes());
      return statx(scratch, directory.number(), entry, Syscall.AT_SYMLINK_NOFOLLOW, offset) >= 0;
    } catch (CallException e) {
      return false;
    } finally {
      scratch.memory().position(before);
    }
  }

  private static FileStatus decode(
      Scratch scratch, int offset, long result, Fd directory, String name) {
    if (result < 0) {
      throw Syscall.failure(result, "stat", Directory.subject(directory, name));
    }
    return new FileStatus(scratch.wordsAt(offset, WORDS), 0);
  }

  private static boolean isAbsent(long result) {
    return Syscall.is(result, Errno.ENOENT) || Syscall.is(result, Errno.ENOTDIR);
  }

  private static long statx(Scratch scratch, int directory, long path, int flags, int offset) {
    return Syscall.call(
        scratch,
        Syscall.STATX,
        directory,
        path,
        flags,
        BASIC_STATS_AND_MOUNT,
        scratch.address(offset));
  }

  /** Little-endian, as all that we run on. */
  private int lower(int word) {
    return (int) word(word);
  }

  private int upper(int word) {
    return (int) (word(word) >>> Integer.SIZE);
  }

  private long word(int word) {
    return words[start + word];
  }

  private long nanoseconds(int time) {
    return Integer.toUnsignedLong(lower(time + 1));
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
