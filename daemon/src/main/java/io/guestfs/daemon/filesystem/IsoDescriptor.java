package io.guestfs.daemon.filesystem;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The primary volume descriptor of an ISO 9660 file system. Places of fields are those of ECMA-119,
 * 8.4, counted from 0; numbers are there in both byte orders, the little-endian first.
 */
public final class IsoDescriptor {
  private static final long OFFSET = 16L * 2048;
  private static final int SIZE = 2048;
  private static final byte PRIMARY = 1;
  private static final byte[] STANDARD_IDENTIFIER = "CD001".getBytes(US_ASCII);
  private static final long NOT_SET = -1;
  private static final int ZONE_UNIT_MINUTES = 15;

  private final ByteBuffer bytes;

  private IsoDescriptor(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Reads it from an open file or device. */
  public static IsoDescriptor read(Fd volume) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && volume.pread(bytes, OFFSET + bytes.position()) > 0) {}
    boolean isIso =
        !bytes.hasRemaining()
            && bytes.get(0) == PRIMARY
            && bytes
                .slice(1, STANDARD_IDENTIFIER.length)
                .equals(ByteBuffer.wrap(STANDARD_IDENTIFIER));
    if (!isIso) {
      throw new CallException(Errno.EINVAL, volume.name() + ": is not an ISO 9660 file system");
    }
    return new IsoDescriptor(bytes);
  }

  /** A text, which is filled up with spaces. */
  public String text(int start, int length) {
    int end = start + length;
    while (end > start && (bytes.get(end - 1) == ' ' || bytes.get(end - 1) == 0)) {
      end--;
    }
    byte[] text = new byte[end - start];
    bytes.get(start, text);
    return GuestString.decode(text);
  }

  /** A number of two bytes. */
  public int shortNumber(int start) {
    return Short.toUnsignedInt(bytes.getShort(start));
  }

  /** A number of four bytes. */
  public long number(int start) {
    return Integer.toUnsignedLong(bytes.getInt(start));
  }

  /**
   * A point in time, in seconds since 1970; -1 when it is not set, or is none. It is 16 digits,
   * from the year to hundredths of seconds, and how far the clock was ahead of Greenwich.
   */
  public long time(int start) {
    try {
      LocalDateTime clock =
          LocalDateTime.of(
              digits(start, 4),
              digits(start + 4, 2),
              digits(start + 6, 2),
              digits(start + 8, 2),
              digits(start + 10, 2),
              digits(start + 12, 2));
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(bytes.get(start + 16) * ZONE_UNIT_MINUTES * 60);
      return clock.toEpochSecond(zone);
    } catch (DateTimeException e) {
      return NOT_SET;
    }
  }

  /** Digits as a number, -1 when one of them is none. */
  private int digits(int start, int count) {
    int number = 0;
    for (int i = start; i < start + count; i++) {
      int digit = bytes.get(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
