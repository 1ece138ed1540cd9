package io.guestfs.daemon.content;

import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;

/** Compares the content of two open files. */
public final class SameContent {
  private static final int PIECE_SIZE = 256 * 1024;

  private SameContent() {}

  public static boolean of(Fd one, Fd other) {
    if (one.status().isSameFile(other.status())) {
      return true;
    }
    ByteBuffer first = ByteBuffer.allocateDirect(PIECE_SIZE);
    ByteBuffer second = ByteBuffer.allocateDirect(PIECE_SIZE);
    long offset = 0;
    do {
      fill(first, one, offset);
      fill(second, other, offset);
      if (!first.equals(second)) {
        return false;
      }
      offset += first.remaining();
    } while (first.remaining() == PIECE_SIZE);
    return true;
  }

  /** What is not a whole piece is the end. */
  private static void fill(ByteBuffer piece, Fd file, long offset) {
    piece.clear();
    while (piece.hasRemaining() && file.pread(piece, offset + piece.position()) > 0) {}
    piece.flip();
  }
}
