package io.guestfs.calls.value;

import io.guestfs.protocol.xdr.GuestString;
import java.util.Arrays;

/** The name of an entry of a directory, as the bytes that it is on the disk. */
public final class FileName {

  private final byte[] bytes;

  private FileName(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A name.
   *
   * @param bytes not to be changed any more
   * @throws IllegalArgumentException when it is empty, a dot entry, or holds a slash or a NUL
   */
  public static FileName of(byte[] bytes) {
    boolean dots = bytes.length <= 2;
    for (byte character : bytes) {
      if (character == '/' || character == 0) {
        throw refused(bytes);
      }
      dots &= character == '.';
    }
    if (dots) {
      throw refused(bytes);
    }
    return new FileName(bytes);
  }

  private static IllegalArgumentException refused(byte[] bytes) {
    return new IllegalArgumentException(
        "'" + GuestString.decode(bytes) + "' is not a name of a directory entry");
  }

  /** The bytes, without a NUL behind them; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileName name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return GuestString.decode(bytes);
  }
}
