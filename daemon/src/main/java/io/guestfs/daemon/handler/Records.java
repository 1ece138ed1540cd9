package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.OutgoingFile;
import java.nio.ByteBuffer;

/**
 * A download of many small records, which are collected so that not each takes a chunk. Directories
 * are large, so that no record is made as an object, and no name as a string, only to become bytes
 * again.
 */
final class Records {
  private static final int PIECE_SIZE = 8192;

  /** Beyond the size of a piece there is room for one record of the longest name, in XDR. */
  private static final int ROOM = PIECE_SIZE + 1024;

  private static final int XDR_PADDING_MASK = 3;

  private final OutgoingFile file;
  private final byte[] collected = new byte[ROOM];
  private int size;

  Records(OutgoingFile file) {
    this.file = file;
  }

  /** A name and the NUL that ends it. */
  void name(byte[] bytes, int nameStart, int nameLength) {
    System.arraycopy(bytes, nameStart, collected, size, nameLength);
    size += nameLength;
    collected[size++] = 0;
    sendIfEnough();
  }

  /** A {@code Dirent} in XDR. */
  void dirent(long inode, char type, byte[] bytes, int nameStart, int nameLength) {
    putInt((int) (inode >>> Integer.SIZE));
    putInt((int) inode);
    putInt(type);
    putInt(nameLength);
    System.arraycopy(bytes, nameStart, collected, size, nameLength);
    size += nameLength;
    for (int padding = -nameLength & XDR_PADDING_MASK; padding > 0; padding--) {
      collected[size++] = 0;
    }
    sendIfEnough();
  }

  /** Sends what is left. */
  void end() {
    if (size > 0) {
      send();
    }
  }

  private void putInt(int word) {
    collected[size] = (byte) (word >>> 24);
    collected[size + 1] = (byte) (word >>> 16);
    collected[size + 2] = (byte) (word >>> 8);
    collected[size + 3] = (byte) word;
    size += Integer.BYTES;
  }

  private void sendIfEnough() {
    if (size >= PIECE_SIZE) {
      send();
    }
  }

  private void send() {
    file.write(ByteBuffer.wrap(collected, 0, size));
    size = 0;
  }
}
