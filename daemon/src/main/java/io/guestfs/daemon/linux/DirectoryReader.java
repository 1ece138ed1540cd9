package io.guestfs.daemon.linux;

import io.guestfs.protocol.xdr.GuestString;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads the entries of a directory one after the other, {@code .} and {@code ..} left out. */
public final class DirectoryReader {
  /** Longest path, and so longest symlink, with the NUL that ends it. */
  static final int PATH_MAX = 4096;

  private static final int BUFFER_SIZE = 32 * 1024;
  private static final int LENGTH_AT = 16;
  private static final int TYPE_AT = 18;
  private static final int NAME_AT = 19;

  private final Fd directory;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_SIZE).order(ByteOrder.nativeOrder());

  private byte[] nameBytes = new byte[256];
  private int nameLength;
  private long inode;
  private FileType type = FileType.UNKNOWN;

  DirectoryReader(Fd directory) {
    this.directory = directory;
    buffer.limit(0);
  }

  /** Moves to the next entry; false when there is none. */
  public boolean next() {
    while (buffer.hasRemaining() || fill()) {
      int start = buffer.position();
      inode = buffer.getLong(start);
      type = FileType.ofNumber(buffer.get(start + TYPE_AT));
      int end = start + Short.toUnsignedInt(buffer.getShort(start + LENGTH_AT));
      readName(start + NAME_AT, end);
      buffer.position(end);
      if (!isDots()) {
        return true;
      }
    }
    return false;
  }

  public String name() {
    return GuestString.decode(Arrays.copyOf(nameBytes, nameLength));
  }

  /** The name as it is on the disk, for lists that pass it on: valid until the next entry. */
  public ByteBuffer nameBytes() {
    return ByteBuffer.wrap(nameBytes, 0, nameLength);
  }

  public long inode() {
    return inode;
  }

  /** May be {@link FileType#UNKNOWN}. */
  public FileType type() {
    return type;
  }

  private boolean fill() {
    buffer.clear();
    long result =
        Syscall.call(
            Syscall.GETDENTS,
            directory.number(),
            MemorySegment.ofBuffer(buffer).address(),
            BUFFER_SIZE);
    buffer.limit((int) Math.max(0, result));
    return Syscall.check(result, "readdir", directory.name()) > 0;
  }

  private void readName(int start, int end) {
    int room = end - start;
    if (nameBytes.length < room) {
      nameBytes = new byte[room];
    }
    buffer.get(start, nameBytes, 0, room);
    nameLength = 0;
    while (nameLength < room && nameBytes[nameLength] != 0) {
      nameLength++;
    }
  }

  private boolean isDots() {
    return nameBytes[0] == '.' && (nameLength == 1 || (nameLength == 2 && nameBytes[1] == '.'));
  }
}
