package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.linux.DirectoryReader;
import java.nio.ByteBuffer;

/**
 * A download of names, each with the NUL that ends it, collected so that not each takes a chunk.
 * Directories are large, so that no name is made a string, only to become bytes again.
 */
final class Names {
  private static final int PIECE_SIZE = 8192;

  /** Beyond the size of a piece there is room for the longest name, which is FUSE's. */
  private static final int ROOM = PIECE_SIZE + 1024 + 1;

  private final OutgoingFile file;
  private final byte[] collected = new byte[ROOM];
  private int size;

  Names(OutgoingFile file) {
    this.file = file;
  }

  void add(DirectoryReader entry) {
    size = entry.copyName(collected, size);
    collected[size++] = 0;
    if (size >= PIECE_SIZE) {
      send();
    }
  }

  /** Sends what is left. */
  void end() {
    if (size > 0) {
      send();
    }
  }

  private void send() {
    file.write(ByteBuffer.wrap(collected, 0, size));
    size = 0;
  }
}
