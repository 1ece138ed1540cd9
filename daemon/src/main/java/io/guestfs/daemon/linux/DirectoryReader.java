package io.guestfs.daemon.linux;

import io.guestfs.protocol.xdr.GuestString;

/**
 * Reads the entries of a directory one after the other.
 *
 * <p>Directories are large and the machine is slow: what the kernel gives (structures of {@code
 * getdents64(2)}, which begin and end at multiples of eight bytes) is copied into an array of words
 * at once, and from there on no object is made of an entry unless it is asked for. The words are
 * little-endian, as all that we run on.
 */
public final class DirectoryReader {
  /** Longest path, and so longest symlink, with the NUL that ends it. */
  static final int PATH_MAX = 4096;

  // The words of an entry: the inode, a position, and one of the entry's length (16 bits), its
  // type (8) and the start of its name, which goes on behind it.
  private static final int HEAD = 2;
  private static final int LENGTH_MASK = 0xffff;
  private static final int TYPE_SHIFT = 16;
  private static final int TYPE_MASK = 0xff;
  private static final int NAME_SHIFT = 24;
  private static final int NAME_AT = HEAD * Long.BYTES + NAME_SHIFT / Byte.SIZE;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = ONES << (Byte.SIZE - 1);
  private static final long INDEXES = 0x0001020304050607L;

  private final Fd directory;
  private final boolean dots;
  private long[] entries = {};
  private int next;
  private int start;
  private int nameLength;

  /** With {@code .} and {@code ..}, or without. */
  DirectoryReader(Fd directory, boolean dots) {
    this.directory = directory;
    this.dots = dots;
  }

  /** Moves to the next entry; false when there is none. */
  public boolean next() {
    while (next < entries.length || fill()) {
      long[] words = entries;
      int head = next;
      int following = head + ((int) words[head + HEAD] & LENGTH_MASK) / Long.BYTES;
      // The NUL behind the name is in the last word; what follows that may be anything.
      long left = words[following - 1];
      int length = (following - 1 - head) * Long.BYTES - NAME_AT;
      if (length < 0) {
        left >>>= NAME_SHIFT;
        length = 0;
      }
      length += lowestZeroByte(left);
      start = head;
      next = following;
      nameLength = length;
      if (length > 2 || dots || !isDots()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Which of the eight bytes is the first to be zero; there is one. Subtracting one from each byte
   * borrows where one is zero, which shows in its highest bit and, behind it, in others. The lowest
   * such bit times a row of indexes puts the right one at the top.
   */
  private static int lowestZeroByte(long word) {
    long borrowed = (word - ONES) & ~word & HIGHEST_BITS;
    long lowest = (borrowed & -borrowed) >>> (Byte.SIZE - 1);
    return (int) ((lowest * INDEXES) >>> (Long.SIZE - Byte.SIZE));
  }

  public String name() {
    byte[] name = new byte[nameLength];
    copyName(name, 0);
    return GuestString.decode(name);
  }

  /** Copies the name as it is on the disk, and tells where it ends. */
  public int copyName(byte[] to, int offset) {
    int at = offset;
    int nameEnd = offset + nameLength;
    for (int i = 0; at < nameEnd; i++) {
      long eight = nameWord(i);
      for (int wordEnd = Math.min(nameEnd, at + Long.BYTES); at < wordEnd; at++) {
        to[at] = (byte) eight;
        eight >>>= Byte.SIZE;
      }
    }
    return nameEnd;
  }

  /**
   * The name's eight bytes from {@code 8 * index} on, the first lowest; behind its end are zeroes.
   */
  public long nameWord(int index) {
    int at = start + HEAD + index;
    long eight = entries[at] >>> NAME_SHIFT;
    if (at + 1 < next) {
      eight |= entries[at + 1] << (Long.SIZE - NAME_SHIFT);
    }
    int left = nameLength - index * Long.BYTES;
    return left < Long.BYTES ? eight & ((1L << (left * Byte.SIZE)) - 1) : eight;
  }

  /** In bytes. */
  public int nameLength() {
    return nameLength;
  }

  public long inode() {
    return entries[start];
  }

  /** May be {@link FileType#UNKNOWN}. */
  public FileType type() {
    return FileType.ofNumber((int) entries[start + HEAD] >>> TYPE_SHIFT & TYPE_MASK);
  }

  private boolean fill() {
    Scratch scratch = Scratch.take();
    int offset = scratch.room(Scratch.SIZE);
    long result =
        Syscall.call(
            scratch,
            Syscall.GETDENTS,
            directory.number(),
            scratch.address(offset),
            Scratch.SIZE,
            0,
            0);
    int bytes = (int) Syscall.check(result, "readdir", directory.name());
    entries = scratch.wordsAt(offset, bytes / Long.BYTES);
    next = 0;
    return bytes > 0;
  }

  private boolean isDots() {
    long name = nameWord(0);
    return name == '.' || name == ('.' << Byte.SIZE | '.');
  }
}
