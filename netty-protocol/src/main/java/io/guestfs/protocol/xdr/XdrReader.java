package io.guestfs.protocol.xdr;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads XDR items (RFC 4506) from a buffer, which it neither owns nor releases.
 *
 * <p>The peer is not trusted. Every length and count is compared with the caller's maximum and with
 * the bytes that are left, padding included, before anything is allocated. Each method throws
 * {@link XdrException} when the bytes are not the item asked for; the reader is of no further use
 * then.
 */
public final class XdrReader {

  private final ByteBuf in;
  private final int start;

  /**
   * Reads from the reader index of {@code in} on, and moves it.
   *
   * @param in the bytes of one structure; still the caller's
   */
  public XdrReader(ByteBuf in) {
    this.in = in;
    this.start = in.readerIndex();
  }

  /** Reads a signed 32-bit integer (section 4.1); enumerations and {@code char} look the same. */
  public int readInt() {
    require("integer", Integer.BYTES);
    return in.readInt();
  }

  /**
   * Reads a 32-bit integer that can have one value only.
   *
   * @param item what the integer is, for the message of the exception
   * @param expected the one value to accept
   */
  public void expectInt(String item, int expected) {
    int offset = offset();
    int value = readInt();
    if (value != expected) {
      throw new XdrException(item, offset, "%#x instead of %#x".formatted(value, expected));
    }
  }

  /**
   * Reads an enumeration (section 4.3) whose values are numbered from 0.
   *
   * @param item what the enumeration is, for the message of the exception
   * @param values what each number stands for
   */
  public <E extends Enum<E>> E readEnum(String item, E[] values) {
    int offset = offset();
    int value = readInt();
    if (value < 0 || value >= values.length) {
      throw new XdrException(item, offset, value + " is not one of " + Arrays.toString(values));
    }
    return values[value];
  }

  /** Reads an unsigned 32-bit integer (section 4.2). */
  public long readUnsignedInt() {
    require("unsigned integer", Integer.BYTES);
    return in.readUnsignedInt();
  }

  /** Reads a 64-bit integer (section 4.5); an unsigned one keeps its bits. */
  public long readHyper() {
    require("hyper integer", Long.BYTES);
    return in.readLong();
  }

  /** Reads a boolean (section 4.4); anything but 0 and 1 is refused. */
  public boolean readBool() {
    int offset = offset();
    int value = readInt();
    if (value != 0 && value != 1) {
      throw new XdrException("boolean", offset, "neither 0 nor 1 but " + value);
    }
    return value == 1;
  }

  /** Reads a single-precision floating-point number (section 4.6). */
  public float readFloat() {
    require("float", Float.BYTES);
    return in.readFloat();
  }

  /**
   * Reads variable-length opaque data (section 4.10).
   *
   * @param max the largest length to accept, in bytes
   */
  public byte[] readOpaque(int max) {
    return bytes("opaque data", readLength("opaque data", max));
  }

  /**
   * Reads variable-length opaque data (section 4.10) without copying it.
   *
   * @param max the largest length to accept, in bytes
   * @return a slice that shares the memory and the reference count of the buffer; its reference
   *     count was not raised
   */
  public ByteBuf readOpaqueSlice(int max) {
    int length = readLength("opaque data", max);
    ByteBuf slice = in.readSlice(length);
    skipPadding("opaque data", length);
    return slice;
  }

  /**
   * Reads fixed-length opaque data (section 4.9).
   *
   * @param length the length that both sides know, in bytes
   */
  public byte[] readFixedOpaque(int length) {
    require("opaque data", XdrWriter.padded(length));
    return bytes("opaque data", length);
  }

  /**
   * Reads a string (section 4.11), decoded by {@link GuestString}. The protocol carries C strings,
   * so a string with a NUL is refused.
   *
   * @param max the largest length to accept, in bytes
   */
  public String readString(int max) {
    int offset = offset();
    int length = readLength("string", max);
    String string = GuestString.decode(in, length);
    int nul = string.indexOf('\0');
    if (nul >= 0) {
      throw new XdrException("string", offset, "NUL at index " + nul);
    }
    skipPadding("string", length);
    return string;
  }

  /**
   * Reads optional data (section 4.19) that is a string: a presence word, then the string if there
   * is one.
   *
   * @param max the largest length to accept, in bytes
   * @return the string, or null when it is absent
   */
  public @Nullable String readOptionalString(int max) {
    return readBool() ? readString(max) : null;
  }

  /**
   * Reads a variable-length array (section 4.13) of strings.
   *
   * @param maxItems the largest number of strings to accept
   * @param maxString the largest length of one string to accept, in bytes
   * @return the strings, unmodifiable
   */
  public List<String> readStringList(int maxItems, int maxString) {
    String[] strings = new String[readCount(maxItems, XdrWriter.UNIT)];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = readString(maxString);
    }
    return Collections.unmodifiableList(Arrays.asList(strings));
  }

  /**
   * Reads a variable-length array (section 4.13) of opaque data, or of strings as the bytes that
   * they are.
   *
   * @param maxItems the largest number of items to accept
   * @param maxLength the largest length of one item to accept, in bytes
   * @return the items, unmodifiable
   */
  public List<byte[]> readOpaqueList(int maxItems, int maxLength) {
    byte[][] items = new byte[readCount(maxItems, XdrWriter.UNIT)][];
    for (int i = 0; i < items.length; i++) {
      items[i] = readOpaque(maxLength);
    }
    return Collections.unmodifiableList(Arrays.asList(items));
  }

  /**
   * Reads the number of items of a variable-length array (section 4.13), of which no more are
   * accepted than can follow in the bytes that are left.
   *
   * @param maxItems the largest number of items to accept
   * @param minItemSize the fewest bytes that one item takes, at least 1
   */
  public int readCount(int maxItems, int minItemSize) {
    int offset = offset();
    long count = readUnsignedInt();
    if (count > maxItems) {
      throw new XdrException("array", offset, count + " items, at most " + maxItems + " allowed");
    }
    if (count > in.readableBytes() / minItemSize) {
      throw new XdrException(
          "array", offset, count + " items, but " + in.readableBytes() + " bytes are left");
    }
    return (int) count;
  }

  /** Whether there are bytes that were not read. */
  public boolean hasMore() {
    return in.isReadable();
  }

  /** Ends the structure: bytes that were not read are an error. */
  public void finish() {
    if (in.isReadable()) {
      throw new XdrException("end", offset(), in.readableBytes() + " bytes too many");
    }
  }

  private byte[] bytes(String item, int length) {
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    skipPadding(item, length);
    return bytes;
  }

  /** Reads a length whose bytes, padding included, are there to be read. */
  private int readLength(String item, int max) {
    int offset = offset();
    require(item, Integer.BYTES);
    long length = in.readUnsignedInt();
    if (length > max) {
      throw new XdrException(item, offset, length + " bytes, at most " + max + " allowed");
    }
    require(item, XdrWriter.padded(length));
    return (int) length;
  }

  private void skipPadding(String item, int length) {
    for (long i = length, end = XdrWriter.padded(length); i < end; i++) {
      int offset = offset();
      if (in.readByte() != 0) {
        throw new XdrException(item, offset, "padding is not zero");
      }
    }
  }

  private void require(String item, long bytes) {
    if (in.readableBytes() < bytes) {
      throw new XdrException(
          item, offset(), bytes + " bytes needed, " + in.readableBytes() + " left");
    }
  }

  private int offset() {
    return in.readerIndex() - start;
  }
}
