package io.guestfs.daemon.content;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Writes large pieces one after another, from a file's position on.
 *
 * <p>Whole pages go past the page cache, which would take four times as long to file each of them,
 * to find it again and to write it in the end.
 *
 * <p>What goes through the cache to a file on ext4 gives it the size that it will have before each
 * piece is written: a write beyond the end would enter a new size into the inode at every page,
 * with a checksum and a record in the journal each time. After a piece that failed the size is the
 * one that it would have otherwise.
 */
public final class SequentialWrite {
  private static final long EXT4_SUPER_MAGIC = 0xEF53;
  private static final long XFS_SUPER_MAGIC = 0x58465342;
  private static final long BTRFS_SUPER_MAGIC = 0x9123683E;

  /** Those whose direct writes are in everyday use. */
  private static final Set<Long> DIRECT =
      Set.of(EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC);

  /** What memory, offset and length have to be multiples of; no disk has larger blocks. */
  private static final int PAGE = 4096;

  /** A direct write waits for the disk, which has to be worth it. */
  private static final int DIRECT_MIN = 64 * 1024;

  private final Fd file;
  private boolean sizedAhead;
  private boolean directPossible;
  private boolean direct;
  private long size;
  private long position;

  public SequentialWrite(Fd file) {
    this.file = file;
    switch (file.status().type()) {
      case BLOCK -> begin(false, true);
      case REGULAR -> {
        long type = file.fileSystemStatus().type();
        begin(type == EXT4_SUPER_MAGIC, DIRECT.contains(type));
      }
      default -> begin(false, false);
    }
  }

  /** As the other, with what the file system is decided; both are for what has a position. */
  SequentialWrite(Fd file, boolean sizedAhead, boolean directPossible) {
    this.file = file;
    begin(sizedAhead, directPossible);
  }

  private void begin(boolean sizedAhead, boolean directPossible) {
    this.sizedAhead = sizedAhead;
    this.directPossible = directPossible;
    if (sizedAhead) {
      size = file.status().size();
    }
    if (sizedAhead || directPossible) {
      position = file.position();
    }
  }

  /** Writes all of a piece. */
  public void write(ByteBuffer piece) {
    long end = position + piece.remaining();
    if (!writeDirectly(piece)) {
      writeThroughCache(piece, end);
    }
    size = Math.max(size, end);
    position = end;
  }

  /** False when it is not all written. */
  private boolean writeDirectly(ByteBuffer piece) {
    setDirect(directPossible && isOfPages(piece));
    if (!direct) {
      return false;
    }
    try {
      file.writeFully(piece);
      return true;
    } catch (CallException e) {
      if (!e.is(Errno.EINVAL)) {
        throw e;
      }
      directPossible = false;
      setDirect(false);
      return false;
    }
  }

  private boolean isOfPages(ByteBuffer piece) {
    int length = piece.remaining();
    return length >= DIRECT_MIN
        && length % PAGE == 0
        && position % PAGE == 0
        && piece.alignmentOffset(piece.position(), PAGE) == 0;
  }

  private void setDirect(boolean wanted) {
    if (wanted != direct) {
      directPossible &= file.setDirect(wanted);
      direct = wanted && directPossible;
    }
  }

  private void writeThroughCache(ByteBuffer piece, long end) {
    if (!sizedAhead || end <= size || !grow(end)) {
      file.writeFully(piece);
      return;
    }
    try {
      file.writeFully(piece);
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
