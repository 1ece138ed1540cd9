package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.linux.DirectoryReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The downloads of {@code readdir}, one at a time: {@code Dirent} structures in XDR, collected so
 * that not each takes a chunk. All of XDR is words of 32 bits, and so are these built: what an
 * entry costs beside the kernel's part are a few operations on words, and none on bytes. The memory
 * for it is kept, since to clear it takes as long as to list three entries.
 */
final class Dirents {
  private static final int PIECE_WORDS = 2048;

  /** FUSE's; others have at most 255 characters, of up to three bytes. */
  private static final int LONGEST_NAME = 1024;

  /** Inode, of two, type and length. */
  private static final int HEAD_WORDS = 4;

  /** Beyond the size of a piece there is room for one of the longest name. */
  private static final int ROOM = PIECE_WORDS + HEAD_WORDS + LONGEST_NAME / Integer.BYTES;

  private final int[] collected = new int[ROOM];
  private final ByteBuffer sent =
      ByteBuffer.allocate(ROOM * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Sends all that there is to be read. */
  void send(DirectoryReader entries, OutgoingFile file) {
    int[] words = collected;
    int size = 0;
    while (entries.next()) {
      long inode = entries.inode();
      int length = entries.nameLength();
      int at = size;
      int high = (int) (inode >>> Integer.SIZE);
      words[at] = high == 0 ? 0 : Integer.reverseBytes(high);
      words[at + 1] = Integer.reverseBytes((int) inode);
      words[at + 2] = entries.type().letter() << 24;
      // Of two bytes at most.
      words[at + 3] = length << 24 | (length & 0xff00) << 8;
      at += HEAD_WORDS;
      int end = at + (length + Integer.BYTES - 1) / Integer.BYTES;
      for (int i = 0; at < end; i++) {
        long eight = entries.nameWord(i);
        words[at++] = (int) eight;
        words[at++] = (int) (eight >>> Integer.SIZE);
      }
      size = end;
      if (size >= PIECE_WORDS) {
        send(size, file);
        size = 0;
      }
    }
    if (size > 0) {
      send(size, file);
    }
  }

  private void send(int size, OutgoingFile file) {
    sent.asIntBuffer().put(0, collected, 0, size);
    file.write(sent.slice(0, size * Integer.BYTES));
  }
}
