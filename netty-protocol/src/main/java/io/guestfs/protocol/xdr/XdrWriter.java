package io.guestfs.protocol.xdr;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes XDR items (RFC 4506) to a buffer, which it neither owns nor releases.
 *
 * <p>What may be written is bounded by {@link ByteBuf#maxCapacity()}: an item that would go beyond
 * it is refused with {@link XdrException} before the buffer grows. The buffer is of no further use
 * after any exception.
 */
public final class XdrWriter {

  /** All items are a multiple of this many bytes long (RFC 4506, section 3). */
  static final int UNIT = 4;

  private final ByteBuf out;
  private final int start;

  /**
   * Writes from the writer index of {@code out} on.
   *
   * @param out where the bytes go; still the caller's
   */
  public XdrWriter(ByteBuf out) {
    this.out = out;
    this.start = out.writerIndex();
  }

  /** Writes a 32-bit integer (sections 4.1 and 4.2); enumerations and {@code char} likewise. */
  public void writeInt(int value) {
    require("integer", Integer.BYTES);
    out.writeInt(value);
  }

  /** Writes an enumeration (section 4.3) whose values are numbered from 0 as they are declared. */
  @SuppressWarnings("EnumOrdinal") // The position is the number on the wire, by definition.
  public void writeEnum(Enum<?> value) {
    writeInt(value.ordinal());
  }

  /** Writes a 64-bit integer, signed or not (section 4.5). */
  public void writeHyper(long value) {
    require("hyper integer", Long.BYTES);
    out.writeLong(value);
  }

  /**
   * Writes 64-bit integers (section 4.5) one after the other. Into an array of bytes they are put
   * all at once, in a fraction of the time that each alone would need.
   *
   * @param values the integers
   * @param count how many of them, from the first on
   */
  public void writeHypers(long[] values, int count) {
    int bytes = count * Long.BYTES;
    require("hyper integers", bytes);
    if (out.hasArray()) {
      out.ensureWritable(bytes);
      int at = out.writerIndex();
      ByteBuffer.wrap(out.array(), out.arrayOffset() + at, bytes)
          .asLongBuffer()
          .put(values, 0, count);
      out.writerIndex(at + bytes);
    } else {
      for (int i = 0; i < count; i++) {
        out.writeLong(values[i]);
      }
    }
  }

  /** Writes a boolean (section 4.4). */
  public void writeBool(boolean value) {
    writeInt(value ? 1 : 0);
  }

  /** Writes a single-precision floating-point number (section 4.6). */
  public void writeFloat(float value) {
    require("float", Float.BYTES);
    out.writeFloat(value);
  }

  /** Writes variable-length opaque data (section 4.10). */
  public void writeOpaque(byte[] data) {
    requireVariable("opaque data", data.length);
    out.writeInt(data.length);
    out.writeBytes(data);
    pad(data.length);
  }

  /**
   * Writes the readable bytes of {@code data} as variable-length opaque data (section 4.10).
   *
   * @param data still the caller's; its indices do not move
   */
  public void writeOpaque(ByteBuf data) {
    int length = data.readableBytes();
    requireVariable("opaque data", length);
    out.writeInt(length);
    out.writeBytes(data, data.readerIndex(), length);
    pad(length);
  }

  /** Writes fixed-length opaque data (section 4.9), whose length both sides know. */
  public void writeFixedOpaque(byte[] data) {
    require("opaque data", padded(data.length));
    out.writeBytes(data);
    pad(data.length);
  }

  /**
   * Writes a string (section 4.11), encoded by {@link GuestString}.
   *
   * @throws IllegalArgumentException if {@link GuestString#encodedLength} refuses the string
   */
  public void writeString(String string) {
    int length = GuestString.encodedLength(string);
    requireVariable("string", length);
    out.writeInt(length);
    out.writeBytes(GuestString.encode(string, length));
    pad(length);
  }

  /**
   * Writes a string as optional data (section 4.19): a presence word, then the string unless it is
   * null.
   *
   * @throws IllegalArgumentException if {@link GuestString#encodedLength} refuses the string
   */
  public void writeOptionalString(@Nullable String string) {
    writeBool(string != null);
    if (string != null) {
      writeString(string);
    }
  }

  /**
   * Writes a variable-length array (section 4.13) of strings.
   *
   * @throws IllegalArgumentException if {@link GuestString#encodedLength} refuses a string
   */
  public void writeStringList(List<String> strings) {
    writeInt(strings.size());
    for (String string : strings) {
      writeString(string);
    }
  }

  private void requireVariable(String item, int length) {
    require(item, Integer.BYTES + padded(length));
  }

  private void require(String item, long bytes) {
    if (bytes > out.maxWritableBytes()) {
      throw new XdrException(
          item,
          out.writerIndex() - start,
          bytes + " bytes do not fit, only " + out.maxWritableBytes() + " more are allowed");
    }
  }

  private void pad(int length) {
    out.writeZero((int) (padded(length) - length));
  }

  /** With the zeroes that fill the last unit. */
  static long padded(long length) {
    return (length + UNIT - 1) & -UNIT;
  }
}
