package io.guestfs.daemon.initrd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Takes cpio archives apart as their bytes come, of the kind {@code newc} with and without
 * checksums, which are all that the kernel reads. Several archives may follow each other, with
 * zeroes between them.
 *
 * <p>A member is a head of 110 characters: a magic number of six, and thirteen numbers of eight
 * hexadecimal digits. Its name and then its content follow, each filled up to a multiple of four.
 */
final class CpioStream implements OutgoingFile {
  private static final String MAGIC = "070701";
  private static final String MAGIC_WITH_CHECKSUMS = "070702";
  private static final String TRAILER = "TRAILER!!!";
  private static final int HEAD_SIZE = 110;
  private static final int ALIGNMENT = 4;

  /** The longest path of Linux, and so the longest name. */
  private static final int NAME_MAX = 4096;

  private enum Expected {
    /** Zeroes, or the first byte of an archive. */
    ARCHIVE,
    HEAD,
    NAME,
    CONTENT,
    /** Nothing: what came is no archive. */
    NOTHING
  }

  private final CpioVisitor visitor;
  private final byte[] head = new byte[HEAD_SIZE];
  private byte[] name = {};
  private int filled;
  private long contentLeft;
  private int paddingLeft;
  private long position;
  private Expected expected = Expected.ARCHIVE;

  CpioStream(CpioVisitor visitor) {
    this.visitor = visitor;
  }

  /** Takes all of it, unless something comes that is no archive: that remains. */
  @Override
  public void write(ByteBuffer data) {
    while (data.hasRemaining() && expected != Expected.NOTHING) {
      int before = data.remaining();
      step(data);
      position += before - data.remaining();
    }
  }

  /** How much was taken, in bytes. */
  long position() {
    return position;
  }

  /** Whether no archive has been begun that is not ended. */
  boolean isBetweenArchives() {
    return expected == Expected.ARCHIVE || expected == Expected.NOTHING;
  }

  private void step(ByteBuffer data) {
    switch (expected) {
      case ARCHIVE -> beginArchive(data);
      case HEAD -> {
        if (fill(head, data)) {
          beginName();
        }
      }
      case NAME -> {
        if (fill(name, data)) {
          beginContent();
        }
      }
      case CONTENT -> takeContent(data);
      case NOTHING -> throw new IllegalStateException();
    }
  }

  private void beginArchive(ByteBuffer data) {
    byte first = data.get(data.position());
    if (first == 0) {
      data.get();
    } else if (first == '0') {
      expect(Expected.HEAD);
    } else {
      expect(Expected.NOTHING);
    }
  }

  private void beginName() {
    String magic = new String(head, 0, MAGIC.length(), ISO_8859_1);
    if (!magic.equals(MAGIC) && !magic.equals(MAGIC_WITH_CHECKSUMS)) {
      throw corrupt("there is no head of a member");
    }
    long size = field(11);
    if (size < 1 || size > NAME_MAX) {
      throw corrupt("a name of " + size + " bytes is not possible");
    }
    name = new byte[(int) size + padding(HEAD_SIZE + size)];
    expect(Expected.NAME);
  }

  private void beginContent() {
    String text = GuestString.decode(Arrays.copyOf(name, indexOfNul()));
    if (text.equals(TRAILER)) {
      expect(Expected.ARCHIVE);
      return;
    }
    long device = field(7) << Integer.SIZE | field(8);
    contentLeft = field(6);
    paddingLeft = padding(contentLeft);
    visitor.member(new CpioMember(text, (int) field(1), device, field(0), field(4), contentLeft));
    expect(contentLeft == 0 ? Expected.HEAD : Expected.CONTENT);
  }

  private void takeContent(ByteBuffer data) {
    int count = (int) Math.min(contentLeft, data.remaining());
    if (count > 0) {
      visitor.content(data.slice(data.position(), count));
      data.position(data.position() + count);
      contentLeft -= count;
    }
    while (contentLeft == 0 && paddingLeft > 0 && data.hasRemaining()) {
      data.get();
      paddingLeft--;
    }
    if (contentLeft == 0 && paddingLeft == 0) {
      expect(Expected.HEAD);
    }
  }

  private void expect(Expected next) {
    expected = next;
    filled = 0;
  }

  /** Fills an array as far as it goes; whether it is full. */
  private boolean fill(byte[] array, ByteBuffer data) {
    int count = Math.min(array.length - filled, data.remaining());
    data.get(array, filled, count);
    filled += count;
    return filled == array.length;
  }

  private int indexOfNul() {
    int index = 0;
    while (index < name.length && name[index] != 0) {
      index++;
    }
    return index;
  }

  private long field(int number) {
    int start = MAGIC.length() + number * 8;
    try {
      return HexFormat.fromHexDigitsToLong(new String(head, start, 8, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw corrupt("a number in the head of a member is not hexadecimal");
    }
  }

  private CallException corrupt(String what) {
    return new CallException(Errno.EINVAL, "cpio archive: before byte " + position + ", " + what);
  }

  private static int padding(long size) {
    return (int) (-size & ALIGNMENT - 1);
  }
}
