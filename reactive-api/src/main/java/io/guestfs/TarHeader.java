package io.guestfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guestfs.protocol.xdr.GuestString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The head of a member of a tar archive, a block of 512 bytes, in GNU's form: a number that has too
 * many octal digits is in binary, and a name that is too long is the content of a member in front.
 *
 * @param mode the permissions, without the type
 * @param size the size of the content in bytes, which blocks follow for
 * @param seconds when the file was changed, since 1970
 * @param device the number of a device node, as the C library packs it
 */
record TarHeader(
    String name,
    MemberType type,
    int mode,
    long uid,
    long gid,
    long size,
    long seconds,
    String linkName,
    long device) {

  static final int BLOCK = 512;

  /** Names are no longer in the head itself. */
  static final int NAME_MAX = 100;

  private static final Field NAME = new Field(0, NAME_MAX);
  private static final Field MODE = new Field(100, 8);
  private static final Field UID = new Field(108, 8);
  private static final Field GID = new Field(116, 8);
  private static final Field SIZE = new Field(124, 12);
  private static final Field SECONDS = new Field(136, 12);
  private static final Field CHECKSUM = new Field(148, 8);
  private static final int TYPE = 156;
  private static final Field LINK_NAME = new Field(157, NAME_MAX);
  private static final Field MAGIC = new Field(257, 8);
  private static final Field MAJOR = new Field(329, 8);
  private static final Field MINOR = new Field(337, 8);
  private static final Field PREFIX = new Field(345, 155);

  private static final byte[] GNU = "ustar  \0".getBytes(US_ASCII);
  private static final byte[] POSIX = "ustar\0".getBytes(US_ASCII);

  private record Field(int start, int length) {}

  /** What a member is; those that only describe the next one are at the end. */
  enum MemberType {
    REGULAR('0'),
    LINK('1'),
    SYMLINK('2'),
    CHARACTER('3'),
    BLOCK_DEVICE('4'),
    DIRECTORY('5'),
    FIFO('6'),
    LONG_NAME('L'),
    LONG_LINK_NAME('K'),
    ATTRIBUTES('x'),
    ATTRIBUTES_OF_ALL('g');

    private final char flag;

    MemberType(char flag) {
      this.flag = flag;
    }

    private static MemberType of(int flag) throws IOException {
      if (flag == 0 || flag == '7') {
        return REGULAR;
      }
      for (MemberType type : values()) {
        if (type.flag == flag) {
          return type;
        }
      }
      throw new IOException("a tar archive has a member of the unknown type '" + (char) flag + "'");
    }
  }

  /** How many bytes fill content of so many up to a whole block. */
  static int padding(long size) {
    return (int) (-size & (BLOCK - 1));
  }

  /** The block; names that are too long for it are cut off. */
  byte[] encode() {
    byte[] block = new byte[BLOCK];
    put(block, NAME, GuestString.encode(name));
    put(block, MODE, mode);
    put(block, UID, uid);
    put(block, GID, gid);
    put(block, SIZE, size);
    put(block, SECONDS, seconds);
    block[TYPE] = (byte) type.flag;
    put(block, LINK_NAME, GuestString.encode(linkName));
    put(block, MAGIC, GNU);
    if (device != 0) {
      put(block, MAJOR, ((device >>> 32) & 0xfffff000L) | ((device >>> 8) & 0xfff));
      put(block, MINOR, ((device >>> 12) & 0xffffff00L) | (device & 0xff));
    }
    put(block, CHECKSUM, String.format("%06o\0 ", checksum(block)).getBytes(US_ASCII));
    return block;
  }

  /** Reads a block that is not all zeroes. */
  static TarHeader decode(byte[] block) throws IOException {
    if (number(block, CHECKSUM) != checksum(block)) {
      throw new IOException("a tar archive is damaged: the checksum of a head is wrong");
    }
    String name = text(block, NAME);
    String prefix = startsWith(block, MAGIC.start(), POSIX) ? text(block, PREFIX) : "";
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        MemberType.of(block[TYPE]),
        (int) number(block, MODE) & 07777,
        number(block, UID),
        number(block, GID),
        number(block, SIZE),
        number(block, SECONDS),
        text(block, LINK_NAME),
        0);
  }

  /** The sum of all bytes, with spaces where it stands itself. */
  private static int checksum(byte[] block) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM.start() && i < CHECKSUM.start() + CHECKSUM.length();
      sum += own ? ' ' : Byte.toUnsignedInt(block[i]);
    }
    return sum;
  }

  private static void put(byte[] block, Field field, byte[] bytes) {
    System.arraycopy(bytes, 0, block, field.start(), Math.min(bytes.length, field.length()));
  }

  private static void put(byte[] block, Field field, long number) {
    int digits = field.length() - 1;
    if (number >= 0 && number < 1L << (3 * digits)) {
      put(block, field, String.format("%0" + digits + "o", number).getBytes(US_ASCII));
      return;
    }
    int end = field.start() + field.length();
    Arrays.fill(block, field.start(), end, (byte) (number < 0 ? 0xff : 0));
    int size = Math.min(Long.BYTES, field.length());
    byte[] binary = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    System.arraycopy(binary, Long.BYTES - size, block, end - size, size);
    block[field.start()] = (byte) (number < 0 ? 0xff : 0x80);
  }

  private static long number(byte[] block, Field field) throws IOException {
    byte first = block[field.start()];
    if (first < 0) {
      return binary(block, field, first);
    }
    String digits = text(block, field).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("a tar archive is damaged: '" + digits + "' is not an octal number", e);
    }
  }

  private static long binary(byte[] block, Field field, byte first) {
    long number = first == (byte) 0xff ? -1 : first & 0x7f;
    for (int i = 1; i < field.length(); i++) {
      number = (number << Byte.SIZE) | Byte.toUnsignedLong(block[field.start() + i]);
    }
    return number;
  }

  private static String text(byte[] block, Field field) {
    int end = field.start();
    while (end < field.start() + field.length() && block[end] != 0) {
      end++;
    }
    return GuestString.decode(Arrays.copyOfRange(block, field.start(), end));
  }

  private static boolean startsWith(byte[] block, int start, byte[] bytes) {
    return Arrays.equals(block, start, start + bytes.length, bytes, 0, bytes.length);
  }
}
