package io.guestfs.daemon.content;

import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import java.nio.ByteBuffer;

/** Copies content from one open file or device to another. */
public final class ContentCopy {
  private static final int PIECE_SIZE = 256 * 1024;

  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_SIZE);

  /** Copies a range; of a file that is both, no more than it had at the start. */
  public void copy(Fd source, Fd destination, CopyRange range, Progress progress) {
    FileStatus sourceStatus = source.status();
    long available = Math.max(0, sizeOf(source, sourceStatus) - range.from());
    long limit = isSame(sourceStatus, destination.status()) ? available : Long.MAX_VALUE;
    Long size = range.size();
    if (size != null) {
      limit = size;
    }
    long done = copy(source, destination, range, limit, progress, Math.min(limit, available));
    if (size != null && done < size) {
      throw new CallException(
          Errno.EINVAL,
          "%s: has %d bytes from %d on, which is less than the %d to copy"
              .formatted(source.name(), done, range.from(), size));
    }
  }

  /** As {@link #copy}, behind what the destination holds already. */
  public void append(Fd source, Fd destination, CopyRange range, Progress progress) {
    copy(source, destination, range.atEndOf(destination.status().size()), progress);
  }

  private long copy(
      Fd source, Fd destination, CopyRange range, long limit, Progress progress, long total) {
    long done = 0;
    boolean skipped = false;
    while (done < limit) {
      piece.clear().limit((int) Math.min(PIECE_SIZE, limit - done));
      int count = source.pread(piece, range.from() + done);
      if (count < 0) {
        break;
      }
      piece.flip();
      skipped = range.sparse() && Zeroes.isZero(piece);
      if (!skipped) {
        writeFully(destination, range.to() + done);
      }
      done += count;
      progress.report(done, Math.max(done, total));
    }
    if (skipped) {
      lengthen(destination, range.to() + done);
    }
    return done;
  }

  private void writeFully(Fd destination, long offset) {
    while (piece.hasRemaining()) {
      destination.pwrite(piece, offset + piece.position());
    }
  }

  /** A file is as long as if what was skipped at its end had been written. */
  private static void lengthen(Fd destination, long size) {
    FileStatus status = destination.status();
    if (status.isRegular() && status.size() < size) {
      destination.truncate(size);
    }
  }

  private static boolean isSame(FileStatus source, FileStatus destination) {
    return source.isRegular() && source.isSameFile(destination);
  }

  private static long sizeOf(Fd source, FileStatus status) {
    return status.isRegular() ? status.size() : source.seekToEnd();
  }
}
