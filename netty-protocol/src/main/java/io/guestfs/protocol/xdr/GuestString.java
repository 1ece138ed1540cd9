package io.guestfs.protocol.xdr;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The mapping between the strings of a guest, which are bytes, and Java strings: UTF-8, extended so
 * that <em>any</em> byte string survives decoding and encoding.
 *
 * <p>A byte that is not part of valid UTF-8 becomes a lone surrogate, U+DC80 for 0x80 to U+DCFF for
 * 0xFF, as in PEP 383. Surrogates encoded as UTF-8, overlong forms and code points beyond U+10FFFF
 * are invalid bytes like any other. A file with a Latin-1 name can so be listed, opened and
 * removed.
 *
 * <p>The one byte that decodes but does not encode is NUL, which a C string cannot hold.
 */
public final class GuestString {

  /** The order of names in the C library and the kernel, which compare bytes. */
  public static final Comparator<String> BY_BYTES = GuestString::compare;

  private static final char REPLACEMENT = '\uFFFD';

  /** An invalid byte, 0x80 to 0xFF, is the low half of the surrogate that stands for it. */
  private static final int INVALID_BYTE = 0xDC00;

  private GuestString() {}

  /** Decodes all of {@code bytes}; nothing is refused. */
  public static String decode(byte[] bytes) {
    // The runtime decodes ASCII and valid UTF-8 faster than code here could. Only where there is a
    // replacement character, its own or the guest's, are the bytes looked at again.
    String string = new String(bytes, UTF_8);
    return string.indexOf(REPLACEMENT) < 0 ? string : decodeInvalid(bytes);
  }

  /**
   * Decodes the next {@code length} bytes of {@code in} and moves its reader index past them;
   * nothing is refused.
   *
   * @throws IndexOutOfBoundsException if fewer bytes are readable
   */
  public static String decode(ByteBuf in, int length) {
    int start = in.readerIndex();
    in.skipBytes(length);
    String string = in.toString(start, length, UTF_8);
    return string.indexOf(REPLACEMENT) < 0
        ? string
        : decodeInvalid(ByteBufUtil.getBytes(in, start, length));
  }

  /**
   * Encodes {@code string}.
   *
   * @throws IllegalArgumentException as {@link #encodedLength}
   */
  public static byte[] encode(String string) {
    return encode(string, encodedLength(string));
  }

  /**
   * Encodes {@code string} and appends it to {@code out}.
   *
   * @throws IllegalArgumentException as {@link #encodedLength}; nothing is written then
   */
  public static void encode(String string, ByteBuf out) {
    out.writeBytes(encode(string));
  }

  /**
   * The number of bytes that {@code string} takes once encoded.
   *
   * @throws IllegalArgumentException if it cannot be a guest's string: it contains a NUL, or a
   *     surrogate that is neither half of a pair nor stands for an invalid byte
   */
  public static int encodedLength(String string) {
    int i = 0;
    while (i < string.length() && isAscii(string.charAt(i))) {
      i++;
    }
    int length = i;
    while (i < string.length()) {
      int codePoint = string.codePointAt(i);
      if (codePoint == 0) {
        throw new IllegalArgumentException("NUL at index " + i + " of a string for the guest");
      }
      if (isSurrogate(codePoint) && !isInvalidByte(codePoint)) {
        throw new IllegalArgumentException(
            "lone surrogate U+%04X at index %d of a string for the guest".formatted(codePoint, i));
      }
      length += isInvalidByte(codePoint) ? 1 : utf8Length(codePoint);
      i += Character.charCount(codePoint);
    }
    return length;
  }

  /** Encodes a string whose {@link #encodedLength} is known already. */
  @SuppressWarnings("deprecation")
  static byte[] encode(String string, int length) {
    byte[] bytes = new byte[length];
    if (length == string.length()) {
      // One byte for each character: its low half, for ASCII and for invalid bytes alike. That is
      // what this method takes; for a string of ASCII it is a plain copy of memory.
      string.getBytes(0, length, bytes, 0);
      return bytes;
    }
    int at = 0;
    int codePoint;
    for (int i = 0; i < string.length(); i += Character.charCount(codePoint)) {
      codePoint = string.codePointAt(i);
      at = put(codePoint, bytes, at);
    }
    return bytes;
  }

  /**
   * Only where neither of two characters is ASCII have their bytes to be made to tell them apart.
   */
  private static int compare(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char first = a.charAt(i);
      char second = b.charAt(i);
      if (first != second) {
        return first < 0x80 || second < 0x80
            ? first - second
            : Arrays.compareUnsigned(encode(a), encode(b));
      }
    }
    return a.length() - b.length();
  }

  private static int put(int codePoint, byte[] bytes, int start) {
    if (codePoint < 0x80 || isInvalidByte(codePoint)) {
      bytes[start] = (byte) codePoint;
      return start + 1;
    }
    int end = start + utf8Length(codePoint);
    int rest = codePoint;
    for (int i = end - 1; i > start; i--) {
      bytes[i] = (byte) (0x80 | (rest & 0x3F));
      rest >>= 6;
    }
    // As many leading ones as there are bytes: 0xC0, 0xE0, 0xF0.
    bytes[start] = (byte) ((0xF00 >> (end - start)) | rest);
    return end;
  }

  private static String decodeInvalid(byte[] bytes) {
    StringBuilder string = new StringBuilder(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      int codePoint = codePointAt(bytes, i);
      if (codePoint < 0) {
        string.append((char) (INVALID_BYTE | (bytes[i] & 0xFF)));
        i++;
      } else {
        string.appendCodePoint(codePoint);
        i += utf8Length(codePoint);
      }
    }
    return string.toString();
  }

  /** The code point whose UTF-8 form (RFC 3629) starts at {@code start}, or -1 if none does. */
  private static int codePointAt(byte[] bytes, int start) {
    int first = bytes[start];
    if (first >= 0) {
      return first;
    }
    int length = Integer.numberOfLeadingZeros(~first << 24);
    if (length < 2 || length > 4 || length > bytes.length - start) {
      return -1;
    }
    int codePoint = first & (0x7F >> length);
    for (int i = start + 1; i < start + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return -1;
      }
      codePoint = codePoint << 6 | (bytes[i] & 0x3F);
    }
    boolean valid =
        utf8Length(codePoint) == length
            && codePoint <= Character.MAX_CODE_POINT
            && !isSurrogate(codePoint);
    return valid ? codePoint : -1;
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  private static boolean isAscii(char c) {
    return c > 0 && c < 0x80;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean isInvalidByte(int codePoint) {
    return codePoint >= (INVALID_BYTE | 0x80) && codePoint <= (INVALID_BYTE | 0xFF);
  }
}
