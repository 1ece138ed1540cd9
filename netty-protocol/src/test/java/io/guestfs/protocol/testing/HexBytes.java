package io.guestfs.protocol.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HexFormat;

/** Bytes written out by hand. */
public final class HexBytes {

  private HexBytes() {}

  /** The bytes of {@code hex}, two digits each; white space is ignored. */
  public static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  /** A new buffer with the bytes of {@code hex}. */
  public static ByteBuf buffer(ByteBufAllocator allocator, String hex) {
    byte[] bytes = bytes(hex);
    return allocator.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
  }

  /** The readable bytes of {@code buffer}, which is released. */
  public static byte[] drain(ByteBuf buffer) {
    try {
      byte[] bytes = new byte[buffer.readableBytes()];
      buffer.readBytes(bytes);
      return bytes;
    } finally {
      buffer.release();
    }
  }
}
