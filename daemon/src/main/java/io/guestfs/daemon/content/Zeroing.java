package io.guestfs.daemon.content;

import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileSystemStatus;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes zeroes over what is there, and where nothing is. */
public final class Zeroing {
  private static final int PIECE_SIZE = 256 * 1024;

  private Zeroing() {}

  /**
   * Makes the first bytes of a device zeroes. Those that are so already are not written, so that a
   * sparse image stays so.
   */
  public static void cover(Fd device, long size, Progress progress) {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_SIZE);
    ByteBuffer zeroes = ByteBuffer.allocateDirect(PIECE_SIZE);
    long offset = 0;
    while (offset < size) {
      piece.clear().limit((int) Math.min(PIECE_SIZE, size - offset));
      int length = device.pread(piece, offset);
      if (length <= 0) {
        throw CallException.failed(device.name(), Errno.EIO);
      }
      if (!Zeroes.isZero(piece.flip())) {
        writeFully(device, zeroes.clear().limit(length), offset);
      }
      offset += length;
      progress.report(offset, size);
    }
  }

  /** Makes the free space of a file system zeroes, by files that grow until there is none. */
  public static void fill(Directory directory, Progress progress) {
    Deque<Fd> files = new ArrayDeque<>();
    try {
      grow(directory, files, progress);
      // Once they are closed the space is free again, and nothing more would be written.
      directory.fd().syncFileSystem();
    } finally {
      files.forEach(Fd::close);
    }
  }

  private static void grow(Directory directory, Deque<Fd> files, Progress progress) {
    FileSystemStatus status = directory.fd().fileSystemStatus();
    long total = status.blocksFree() * status.fragmentSize();
    long done = 0;
    ByteBuffer zeroes = ByteBuffer.allocateDirect(PIECE_SIZE);
    while (true) {
      try {
        if (files.isEmpty()) {
          files.push(directory.openNameless());
        }
        done += files.element().write(zeroes.clear());
        progress.report(done, Math.max(done, total));
      } catch (CallException e) {
        if (e.is(Errno.ENOSPC)) {
          return;
        }
        if (!e.is(Errno.EFBIG)) {
          throw e;
        }
        // FAT has files of less than 4 GiB only.
        files.push(directory.openNameless());
      }
    }
  }

  private static void writeFully(Fd device, ByteBuffer bytes, long offset) {
    long start = offset - bytes.position();
    while (bytes.hasRemaining()) {
      device.pwrite(bytes, start + bytes.position());
    }
  }
}
