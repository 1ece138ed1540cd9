package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.linux.DirectoryReader;
import io.guestfs.daemon.linux.FileType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The download of {@code readdir}: {@code Dirent} structures in XDR, collected so that not each
 * takes a chunk. All of XDR is words of 32 bits, and so are these built: what an entry costs beside
 * the kernel's part are a few operations on words, and none on bytes.
 */
final class Dirents implements DirectoryHandler.Entries {
  private static final int PIECE_WORDS = 2048;

  /** FUSE's; others have at most 255 characters, of up to three bytes. */
  private static final int LONGEST_NAME = 1024;

  /** Inode, of two, type and length. */
  private static final int HEAD_WORDS = 4;

  /** Beyond the size of a piece there is room for one of the longest name. */
  private static final int ROOM = PIECE_WORDS + HEAD_WORDS + LONGEST_NAME / Integer.BYTES;

  private final OutgoingFile file;
  private final int[] collected = new int[ROOM];
  private final ByteBuffer sent =
      ByteBuffer.allocate(ROOM * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int size;

  Dirents(OutgoingFile file) {
    this.file = file;
  }

  @Override
  public void dots(long inode, String name) {
    int at = putHead(collected, inode, FileType.DIRECTORY, name.length());
    int word = '.';
    collected[at] = name.length() == 1 ? word : word << Byte.SIZE | word;
    size = at + 1;
    sendIfEnough();
  }

  @Override
  public void entry(DirectoryReader entry) {
    int length = entry.nameLength();
    int[] words = collected;
    int at = putHead(words, entry.inode(), entry.type(), length);
    int end = at + (length + Integer.BYTES - 1) / Integer.BYTES;
    for (int i = 0; at < end; i++) {
      long eight = entry.nameWord(i);
      words[at++] = (int) eight;
      words[at++] = (int) (eight >>> Integer.SIZE);
    }
    size = end;
    sendIfEnough();
  }

  /** Sends what is left. */
  void end() {
    if (size > 0) {
      send();
    }
  }

  /** Tells where it ends. */
  private int putHead(int[] words, long inode, FileType type, int nameLength) {
    int at = size;
    int high = (int) (inode >>> Integer.SIZE);
    words[at] = high == 0 ? 0 : Integer.reverseBytes(high);
    words[at + 1] = Integer.reverseBytes((int) inode);
    words[at + 2] = type.letter() << 24;
    // Of two bytes at most.
    words[at + 3] = nameLength << 24 | (nameLength & 0xff00) << 8;
    return at + HEAD_WORDS;
  }

  private void sendIfEnough() {
    if (size >= PIECE_WORDS) {
      send();
    }
  }

  private void send() {
    sent.asIntBuffer().put(0, collected, 0, size);
    file.write(sent.slice(0, size * Integer.BYTES));
    size = 0;
  }
}
