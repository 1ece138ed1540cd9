package io.guestfs.daemon.content;

import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;

/** Tells content that is nothing but zeroes. */
public final class Zeroes {
  private static final int PIECE_SIZE = 256 * 1024;
  private static final ByteBuffer ZEROES = ByteBuffer.allocateDirect(PIECE_SIZE).asReadOnlyBuffer();

  private Zeroes() {}

  /** Whether the remaining bytes are, which are no more than a piece has; they remain. */
  static boolean isZero(ByteBuffer bytes) {
    return bytes.equals(ZEROES.slice(0, bytes.remaining()));
  }

  /** Whether all of a regular file is; holes are not read. */
  public static boolean isZeroFile(Fd file) {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_SIZE);
    long offset = file.seekToData(0);
    while (offset >= 0 && file.pread(piece.clear(), offset) > 0) {
      if (!isZero(piece.flip())) {
        return false;
      }
      offset = file.seekToData(offset + piece.remaining());
    }
    return true;
  }

  /** Whether all of a device is. */
  public static boolean isZeroDevice(Fd device) {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_SIZE);
    long offset = 0;
    while (device.pread(piece.clear(), offset) > 0) {
      if (!isZero(piece.flip())) {
        return false;
      }
      offset += piece.remaining();
    }
    return true;
  }
}
