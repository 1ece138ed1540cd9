package io.guestfs.daemon.content;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileType;
import java.nio.ByteBuffer;

/**
 * Writes large pieces one after another, from a file's position on.
 *
 * <p>A file on ext4 gets the size that it will have before each piece is written: a write beyond
 * the end would enter a new size into the inode at every page, with a checksum and a record in the
 * journal each time. After a piece that failed the size is the one that it would have otherwise.
 */
public final class SequentialWrite {
  private static final long EXT4_SUPER_MAGIC = 0xEF53;

  private final Fd file;
  private boolean sizedAhead;
  private long size;
  private long position;

  public SequentialWrite(Fd file) {
    this(file, isOnExt4(file));
  }

  /**
   * As the other, with the file system's part decided.
   *
   * @param sizedAhead for regular files only
   */
  SequentialWrite(Fd file, boolean sizedAhead) {
    this.file = file;
    this.sizedAhead = sizedAhead;
    if (sizedAhead) {
      size = file.status().size();
      position = file.position();
    }
  }

  private static boolean isOnExt4(Fd file) {
    return file.status().type() == FileType.REGULAR
        && file.fileSystemStatus().type() == EXT4_SUPER_MAGIC;
  }

  /** Writes all of a piece. */
  public void write(ByteBuffer piece) {
    long end = position + piece.remaining();
    if (!sizedAhead || end <= size || !grow(end)) {
      file.writeFully(piece);
    } else {
      writeInto(piece, end);
    }
    position = end;
  }

  private void writeInto(ByteBuffer piece, long grown) {
    try {
      file.writeFully(piece);
      size = grown;
    } catch (CallException e) {
      file.truncate(Math.max(size, file.position()));
      throw e;
    }
  }

  /** False when the file cannot have this size, which is left to the write to find out. */
  private boolean grow(long end) {
    try {
      file.truncate(end);
    } catch (CallException e) {
      sizedAhead = false;
    }
    return sizedAhead;
  }
}
