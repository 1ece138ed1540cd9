package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.protocol.frame.Limits;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Content of files as arrays, moved through one piece of the memory that system calls need. */
final class FileContent {
  /** Beyond this nothing fits into a message. */
  static final int SIZE_MAX = Limits.LARGEST.messageMax();

  private static final int PIECE_SIZE = 64 * 1024;

  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_SIZE);

  /** Fails when so much cannot be read into one message. */
  static void requireReadable(int count, long offset) {
    Arguments.requireNotNegative("count", count);
    Arguments.requireNotNegative("offset", offset);
    if (count >= SIZE_MAX) {
      throw new CallException(
          Errno.E2BIG, count + " bytes do not fit into a message of " + SIZE_MAX + "; read less");
    }
  }

  /** Fails when nothing can be at this offset. */
  static void requireOffset(long offset) {
    Arguments.requireNotNegative("offset", offset);
  }

  /** Reads from {@code offset} on, less than {@code count} bytes where the file ends before. */
  byte[] read(Fd file, long offset, int count) {
    byte[] content = new byte[Math.min(count, PIECE_SIZE)];
    int size = 0;
    while (size < count && readPiece(file, offset + size, count - size)) {
      if (content.length < size + piece.remaining()) {
        int twice = 2 * content.length;
        content = Arrays.copyOf(content, Math.min(count, Math.max(twice, size + PIECE_SIZE)));
      }
      int length = piece.remaining();
      piece.get(content, size, length);
      size += length;
    }
    return Arrays.copyOf(content, size);
  }

  /** Reads all of a file that is small enough for a message. */
  byte[] readAll(Fd file) {
    byte[] content = read(file, 0, SIZE_MAX);
    if (content.length == SIZE_MAX) {
      throw new CallException(
          Errno.E2BIG,
          file.name() + ": larger than a message may be, " + SIZE_MAX + " bytes; use download");
    }
    return content;
  }

  /** Writes at the file's position. */
  void write(Fd file, byte[] content) {
    int at = 0;
    while (at < content.length) {
      putPiece(content, at);
      at += piece.remaining();
      file.writeFully(piece);
    }
  }

  /** Writes at {@code offset}; returns how much, less than all when something comes between. */
  int write(Fd file, byte[] content, long offset) {
    int at = 0;
    while (at < content.length) {
      putPiece(content, at);
      try {
        at += file.pwrite(piece, offset + at);
      } catch (CallException e) {
        if (at == 0) {
          throw e;
        }
        return at;
      }
    }
    return at;
  }

  /** Writes so many zeroes at the file's position. */
  void writeZeroes(Fd file, long length) {
    byte[] zeroes = new byte[PIECE_SIZE];
    long left = length;
    while (left > 0) {
      int count = (int) Math.min(left, PIECE_SIZE);
      write(file, count == PIECE_SIZE ? zeroes : new byte[count]);
      left -= count;
    }
  }

  /** Writes {@code length} bytes that repeat a pattern. */
  void writePattern(Fd file, byte[] pattern, int length, Progress progress) {
    byte[] many = new byte[Math.max(pattern.length, PIECE_SIZE / pattern.length * pattern.length)];
    for (int i = 0; i < many.length; i++) {
      many[i] = pattern[i % pattern.length];
    }
    int done = 0;
    while (done < length) {
      int count = Math.min(many.length, length - done);
      write(file, count == many.length ? many : Arrays.copyOf(many, count));
      done += count;
      progress.report(done, length);
    }
  }

  private boolean readPiece(Fd file, long offset, int count) {
    piece.clear().limit(Math.min(count, PIECE_SIZE));
    boolean more = file.pread(piece, offset) > 0;
    piece.flip();
    return more;
  }

  private void putPiece(byte[] content, int start) {
    piece.clear();
    piece.put(content, start, Math.min(PIECE_SIZE, content.length - start)).flip();
  }
}
