package io.guestfs.daemon.linux;

import java.util.Arrays;

/** What a directory entry is; the letters are those that {@code readdir} of libguestfs uses. */
public enum FileType {
  FIFO(1, 'f'),
  CHARACTER(2, 'c'),
  DIRECTORY(4, 'd'),
  BLOCK(6, 'b'),
  REGULAR(8, 'r'),
  SYMLINK(10, 'l'),
  SOCKET(12, 's'),
  /** The file system did not say; ask for the status. */
  UNKNOWN(0, 'u');

  private static final FileType[] BY_NUMBER = new FileType[16];

  static {
    Arrays.fill(BY_NUMBER, UNKNOWN);
    for (FileType type : values()) {
      BY_NUMBER[type.number] = type;
    }
  }

  private final int number;
  private final char letter;

  FileType(int number, char letter) {
    this.number = number;
    this.letter = letter;
  }

  /** The letter in a {@code dirent} structure. */
  public char letter() {
    return letter;
  }

  /** The bits in a mode. */
  public int mode() {
    return number << 12;
  }

  /** The type that the bits of a mode say. */
  public static FileType ofMode(int mode) {
    return ofNumber(mode >>> 12 & 0xf);
  }

  static FileType ofNumber(int number) {
    return BY_NUMBER[number & (BY_NUMBER.length - 1)];
  }
}
