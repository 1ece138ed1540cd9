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
      next += (int) number(start + LENGTH_AT, Short.BYTES);
      nameEnd = Math.max(start + NAME_AT, next - ALIGNMENT);
      while (entries[nameEnd] != 0) {
        nameEnd++;
      }
      if (!isDots()) {
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
    return number(start, Long.BYTES);
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

  /** Little-endian, as all that we run on. */
  private long number(int at, int size) {
    long number = 0;
    for (int i = at + size - 1; i >= at; i--) {
      number = number << Byte.SIZE | (entries[i] & 0xFF);
    }
    return number;
  }

  private boolean isDots() {
    int length = nameLength();
    return length <= 2 && entries[nameStart()] == '.' && entries[nameEnd - 1] == '.';
  }
}
