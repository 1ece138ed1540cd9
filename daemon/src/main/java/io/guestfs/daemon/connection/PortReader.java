package io.guestfs.daemon.connection;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.Poll;
import io.guestfs.daemon.linux.VectoredRead;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.ProtocolConstants;
import java.nio.ByteBuffer;

/** Takes frames from the port, through one buffer that is reused. */
final class PortReader {
  /** Holds the largest chunk and more, so that its content can be handed out without copying. */
  private static final int BUFFER_SIZE = Limits.LARGEST.chunkMax() + 64 * 1024;

  /** What the kernel's port gives to one read: a buffer of its queue is a page. */
  private static final int PIECE_SIZE = 4096;

  private final Fd port;
  private final VectoredRead read = new VectoredRead(PIECE_SIZE, BUFFER_SIZE / PIECE_SIZE);
  private final Poll poll = new Poll(1);
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_SIZE + PIECE_SIZE).alignedSlice(PIECE_SIZE).limit(0);

  PortReader(Fd port) {
    this.port = port;
    poll.awaitReadable(0, port);
  }

  /** Waits for the next word; false when the other side has closed the port between frames. */
  boolean awaitFrame() {
    if (!buffer.hasRemaining()) {
      moveTo(0);
      if (!fill(Integer.BYTES)) {
        return false;
      }
    }
    require(Integer.BYTES);
    return true;
  }

  int readWord() {
    require(Integer.BYTES);
    return buffer.getInt();
  }

  /** The next bytes, at most those of the largest chunk, valid until anything else is read. */
  ByteBuffer slice(int length) {
    require(length);
    ByteBuffer slice = buffer.slice(buffer.position(), length);
    buffer.position(buffer.position() + length);
    return slice;
  }

  /**
   * As {@link #slice}, with what follows the {@code head} at the start of a page of memory, which
   * is where writes past the page cache take it from.
   */
  ByteBuffer sliceOfPages(int length, int head) {
    int start = PIECE_SIZE - head;
    if (buffer.remaining() < length && buffer.remaining() <= buffer.capacity() - start) {
      moveTo(start);
    }
    return slice(length);
  }

  /** The next bytes, of any length. */
  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      if (!buffer.hasRemaining()) {
        moveTo(0);
        fillOrFail(length - at);
      }
      int count = Math.min(length - at, buffer.remaining());
      buffer.get(bytes, at, count);
      at += count;
    }
    return bytes;
  }

  /**
   * Takes a cancel flag, if that is what has come. Anything else is left for whoever reads next.
   */
  boolean takeCancelFlag() {
    if (!buffer.hasRemaining() && !poll.await(0)) {
      return false;
    }
    require(Integer.BYTES);
    if (buffer.getInt(buffer.position()) != ProtocolConstants.CANCEL_FLAG) {
      return false;
    }
    buffer.getInt();
    return true;
  }

  /** Moves what was read and not taken. */
  private void moveTo(int start) {
    int from = buffer.position();
    int held = buffer.remaining();
    buffer.limit(buffer.capacity());
    buffer.put(start, buffer, from, held);
    buffer.limit(start + held).position(start);
  }

  private void require(int length) {
    if (buffer.capacity() - buffer.position() < length) {
      moveTo(0);
    }
    while (buffer.remaining() < length) {
      fillOrFail(length - buffer.remaining());
    }
  }

  private void fillOrFail(int wanted) {
    if (!fill(wanted)) {
      throw new PortException("the port was closed in the middle of a frame");
    }
  }

  /** Appends to what the buffer holds, and waits for no more than {@code wanted} bytes. */
  private boolean fill(int wanted) {
    int start = buffer.position();
    int end = buffer.limit();
    buffer.limit(buffer.capacity()).position(end);
    int count = readPort(wanted);
    buffer.limit(buffer.position()).position(start);
    return count > 0;
  }

  private int readPort(int wanted) {
    try {
      return read.read(port, buffer, wanted);
    } catch (CallException e) {
      throw new PortException(String.valueOf(e.getMessage()));
    }
  }
}
