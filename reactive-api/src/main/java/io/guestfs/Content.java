package io.guestfs;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the chunks of a download into one buffer of the heap. */
final class Content {

  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int length;

  /** As much as came the last time will probably come again. */
  private int expected;

  void add(ByteBuf data) {
    int more = data.readableBytes();
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(expected, Math.max(length + more, 2 * length)));
    }
    data.readBytes(bytes, length, more);
    length += more;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Hands over what was collected; the buffer belongs to whoever gets it. */
  ByteBuffer take() {
    boolean wasteful = length < bytes.length / 2;
    ByteBuffer taken = ByteBuffer.wrap(wasteful ? Arrays.copyOf(bytes, length) : bytes, 0, length);
    expected = length;
    clear();
    return taken;
  }

  void clear() {
    bytes = NONE;
    length = 0;
  }
}
