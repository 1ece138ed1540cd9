package io.guestfs.daemon.linux;

import io.guestfs.protocol.xdr.GuestString;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the entries of a directory one after the other, {@code .} and {@code ..} left out.
 *
 * <p>Directories are large and the machine is slow: what the kernel gives (structures of {@code
 * getdents64(2)}) is copied into an array at once, and from there on no object is made of an entry
 * unless it is asked for.
 */
public final class DirectoryReader {
  /** Longest path, and so longest symlink, with the NUL that ends it. */
  static final int PATH_MAX = 4096;

  private static final int BUFFER_SIZE = 32 * 1024;
  private static final int LENGTH_AT = 16;
  private static final int LENGTH_MASK = 0xffff;
  private static final int TYPE_AT = 18;
  private static final int NAME_AT = 19;

  /** Entries are filled up to a multiple of this, behind the NUL that ends the name. */
  private static final int ALIGNMENT = 8;

  private final Fd directory;
  private final ByteBuffer fromKernel = ByteBuffer.allocateDirect(BUFFER_SIZE);
  private final byte[] entries = new byte[BUFFER_SIZE];
  private int end;
  private int next;
  private int start;
  private int nameEnd;

  DirectoryReader(Fd directory) {
    this.directory = directory;
  }

  /** Moves to the next entry; false when there is none. */
  public boolean next() {
    while (next < end || fill()) {
      start = next;
      next += word(start + LENGTH_AT) & LENGTH_MASK;
      nameEnd = endOfName();
      if (entries[start + NAME_AT] != '.' || !isDots()) {
        return true;
      }
    }
    return false;
  }

  public String name() {
    return GuestString.decode(Arrays.copyOfRange(entries, nameStart(), nameEnd));
  }

  /** Holds the name as it is on the disk, for lists that pass it on: until the next entry. */
  public byte[] bytes() {
    return entries;
  }

  /** Where in {@link #bytes} the name starts. */
  public int nameStart() {
    return start + NAME_AT;
  }

  /** How long it is there. */
  public int nameLength() {
    return nameEnd - nameStart();
  }

  public long inode() {
    return (long) word(start + Integer.BYTES) << Integer.SIZE | Integer.toUnsignedLong(word(start));
  }

  /** May be {@link FileType#UNKNOWN}. */
  public FileType type() {
    return FileType.ofNumber(entries[start + TYPE_AT]);
  }

  private boolean fill() {
    long result =
        Syscall.call(
            Syscall.GETDENTS,
            directory.number(),
            MemorySegment.ofBuffer(fromKernel).address(),
            BUFFER_SIZE);
    next = 0;
    end = (int) Syscall.check(result, "readdir", directory.name());
    fromKernel.get(0, entries, 0, end);
    return end > 0;
  }

  private int endOfName() {
    byte[] bytes = entries;
    int at = Math.max(start + NAME_AT, next - ALIGNMENT);
    while (bytes[at] != 0) {
      at++;
    }
    return at;
  }

  /** Little-endian, as all that we run on. A loop would take twice as long. */
  private int word(int at) {
    byte[] bytes = entries;
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] << 24);
  }

  /** Of a name that begins with one. */
  private boolean isDots() {
    return nameLength() <= 2 && entries[nameEnd - 1] == '.';
  }
}
