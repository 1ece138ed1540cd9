package io.guestfs.daemon.linux;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads many pieces by one system call ({@code readv}), for a device that gives one piece to a
 * {@code read}: a virtio port gives what one buffer of its queue holds.
 */
public final class VectoredRead {
  private static final int ENTRY_SIZE = 16;

  private final int pieceSize;
  private final ByteBuffer vector;
  private final long vectorAddress;

  /**
   * @param pieceSize what the device gives at a time
   * @param piecesMax most that are asked for at once
   */
  public VectoredRead(int pieceSize, int piecesMax) {
    this.pieceSize = pieceSize;
    vector = ByteBuffer.allocateDirect(piecesMax * ENTRY_SIZE).order(ByteOrder.nativeOrder());
    vectorAddress = MemorySegment.ofBuffer(vector).address();
  }

  /**
   * Reads once, whole pieces as far as there is room for them, and waits for no piece beyond the
   * {@code wanted} bytes; returns the number of bytes, -1 at the end. It returns early when a piece
   * is shorter than others.
   */
  public int read(Fd from, ByteBuffer to, int wanted) {
    if (!to.isDirect()) {
      throw new IllegalArgumentException("not a direct buffer");
    }
    int pieces = describe(to, wanted);
    try {
      long result = Syscall.call(Syscall.READV, from.number(), vectorAddress, pieces);
      int count = (int) Syscall.check(result, "readv", from.name());
      to.position(to.position() + count);
      return count == 0 && pieces > 0 ? -1 : count;
    } finally {
      Reference.reachabilityFence(to);
    }
  }

  /** Enters the pieces into the vector, and returns how many they are. */
  private int describe(ByteBuffer to, int wanted) {
    vector.clear();
    // The address of a slice is that of the buffer's position.
    long address = MemorySegment.ofBuffer(to).address();
    int room = to.remaining();
    int at = 0;
    while (at < wanted && at < room && vector.hasRemaining()) {
      int length = Math.min(pieceSize, room - at);
      vector.putLong(address + at).putLong(length);
      at += length;
    }
    return vector.position() / ENTRY_SIZE;
  }
}
