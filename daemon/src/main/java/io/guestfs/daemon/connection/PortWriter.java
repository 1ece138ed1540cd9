package io.guestfs.daemon.connection;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;

/** Collects frames and sends them in large pieces. */
final class PortWriter {
  /**
   * A multiple of the 32 KiB that the kernel's port takes at a time: pieces of the size of a chunk
   * would be the slowest of all.
   */
  private static final int BUFFER_SIZE = 256 * 1024;

  private final Fd port;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);

  PortWriter(Fd port) {
    this.port = port;
  }

  void putInt(int word) {
    if (buffer.remaining() < Integer.BYTES) {
      putSplit(word);
    } else {
      buffer.putInt(word);
      flushIfFull();
    }
  }

  void putLong(long word) {
    putInt((int) (word >>> Integer.SIZE));
    putInt((int) word);
  }

  void put(ByteBuffer data) {
    while (data.hasRemaining()) {
      int count = Math.min(data.remaining(), buffer.remaining());
      buffer.put(buffer.position(), data, data.position(), count);
      buffer.position(buffer.position() + count);
      data.position(data.position() + count);
      flushIfFull();
    }
  }

  /** Up to three bytes that make the frame a whole number of words. */
  void putPadding(int count) {
    for (int i = 0; i < count; i++) {
      buffer.put((byte) 0);
      flushIfFull();
    }
  }

  /** Whether so many more bytes fill the buffer, and so are sent. */
  boolean isFilledBy(int more) {
    return buffer.remaining() <= more;
  }

  /** Sends what is there. */
  void flush() {
    buffer.flip();
    try {
      port.writeFully(buffer);
    } catch (CallException e) {
      throw new PortException(String.valueOf(e.getMessage()));
    }
    buffer.clear();
  }

  private void putSplit(int word) {
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer.put((byte) (word >>> shift));
      flushIfFull();
    }
  }

  private void flushIfFull() {
    if (!buffer.hasRemaining()) {
      flush();
    }
  }
}
