package io.guestfs.daemon.handler;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;

/**
 * The flags of inodes with the letters of lsattr(1), in the order of those, in which libguestfs
 * gives them: lsattr itself has another, which depends on its version.
 */
enum InodeFlag {
  NO_ACCESS_TIME('A', 0x80),
  NO_COPY_ON_WRITE('C', 0x800000),
  SYNCHRONOUS_DIRECTORY('D', 0x10000),
  ENCRYPTED('E', 0x800),
  CASE_FOLDED('F', 0x40000000),
  INDEXED_DIRECTORY('I', 0x1000),
  INLINE_DATA('N', 0x10000000),
  PROJECT_HIERARCHY('P', 0x20000000),
  SYNCHRONOUS('S', 0x8),
  TOP_DIRECTORY('T', 0x20000),
  VERITY('V', 0x100000),
  APPEND_ONLY('a', 0x20),
  COMPRESSED('c', 0x4),
  NO_DUMP('d', 0x40),
  EXTENTS('e', 0x80000),
  IMMUTABLE('i', 0x10),
  JOURNALED_DATA('j', 0x4000),
  NOT_COMPRESSED('m', 0x400),
  SECURE_DELETION('s', 0x1),
  NO_TAIL_MERGING('t', 0x8000),
  UNDELETE('u', 0x2),
  DIRECT_ACCESS('x', 0x2000000);

  private final char letter;
  private final int bit;

  InodeFlag(char letter, int bit) {
    this.letter = letter;
    this.bit = bit;
  }

  /** The letters of the flags that are set, upper case first. */
  static String letters(int bits) {
    StringBuilder letters = new StringBuilder();
    for (InodeFlag flag : values()) {
      if ((bits & flag.bit) != 0) {
        letters.append(flag.letter);
      }
    }
    return letters.toString();
  }

  /** The bits of flags, each of which has its letter once; which can be set, the kernel knows. */
  static int bits(String letters) {
    int bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      int bit = ofLetter(letters.charAt(i)).bit;
      if ((bits & bit) != 0) {
        throw new CallException(Errno.EINVAL, "'" + letters + "' has an attribute twice");
      }
      bits |= bit;
    }
    return bits;
  }

  private static InodeFlag ofLetter(char letter) {
    for (InodeFlag flag : values()) {
      if (flag.letter == letter) {
        return flag;
      }
    }
    throw new CallException(Errno.EINVAL, "'" + letter + "' is not an attribute of a file");
  }
}
