package io.guestfs.daemon.text;

import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;

/** An open text file in which lines and words are found a piece at a time. */
public final class TextFile {
  private static final int PIECE_SIZE = 64 * 1024;

  private final Fd file;
  private final ByteBuffer memory = ByteBuffer.allocateDirect(PIECE_SIZE);
  private final byte[] piece = new byte[PIECE_SIZE];

  /** The file stays the caller's to close. */
  public TextFile(Fd file) {
    this.file = file;
  }

  /** Its size in bytes. */
  public long size() {
    return file.status().size();
  }

  /** Where so many lines have ended, counted from the start; no further than {@code limit}. */
  public long endOfFirst(long lines, long limit) {
    long ended = 0;
    long offset = 0;
    while (ended < lines && offset < limit) {
      int length = read(offset, PIECE_SIZE);
      if (length == 0) {
        break;
      }
      for (int i = 0; i < length; i++) {
        if (piece[i] == '\n' && ++ended == lines) {
          return offset + i + 1;
        }
      }
      offset += length;
    }
    return Math.min(offset, limit);
  }

  /** Where the last so many lines begin; further back than {@code limit} bytes it may be later. */
  public long startOfLast(long lines, long limit) {
    long end = size();
    long last = end - 1;
    long first = Math.max(0, end - limit);
    if (lines == 0) {
      return end;
    }
    long begun = 0;
    while (end > first) {
      int length = read(Math.max(0, end - PIECE_SIZE), (int) Math.min(end, PIECE_SIZE));
      long offset = end - length;
      for (int i = length - 1; i >= 0; i--) {
        // The end of the last line begins no other.
        if (piece[i] == '\n' && offset + i != last && ++begun == lines) {
          return offset + i + 1;
        }
      }
      end = length == 0 ? 0 : offset;
    }
    return end;
  }

  /** How many lines have ended. */
  public long countLines() {
    long count = 0;
    long offset = 0;
    for (int length = read(0, PIECE_SIZE); length > 0; length = read(offset, PIECE_SIZE)) {
      for (int i = 0; i < length; i++) {
        if (piece[i] == '\n') {
          count++;
        }
      }
      offset += length;
    }
    return count;
  }

  /** How many words there are, of anything but white space. */
  public long countWords() {
    long count = 0;
    long offset = 0;
    boolean inWord = false;
    for (int length = read(0, PIECE_SIZE); length > 0; length = read(offset, PIECE_SIZE)) {
      for (int i = 0; i < length; i++) {
        boolean more = !isSpace(piece[i]);
        if (more && !inWord) {
          count++;
        }
        inWord = more;
      }
      offset += length;
    }
    return count;
  }

  /** As the C locale has it. */
  private static boolean isSpace(byte character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }

  /** Reads up to {@code count} bytes into the piece; returns how many, 0 at the end. */
  private int read(long offset, int count) {
    memory.clear().limit(count);
    while (memory.hasRemaining() && file.pread(memory, offset + memory.position()) > 0) {}
    int length = memory.flip().remaining();
    memory.get(piece, 0, length);
    return length;
  }
}
