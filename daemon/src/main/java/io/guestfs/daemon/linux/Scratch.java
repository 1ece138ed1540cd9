package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap for the arguments of one system call at a time, one piece per thread.
 *
 * <p>It is a byte buffer rather than a memory segment because reading a segment goes through
 * variable handles, which are slow to set up in a cold JVM.
 */
final class Scratch {
  /** Room for two paths of the greatest length, and for structures; many, of directories. */
  static final int SIZE = 32 * 1024;

  /** Most names are so short that to call what copies bytes takes longer than to copy them. */
  private static final int SHORT = 32;

  private static final ThreadLocal<Scratch> OF_THREAD =
      new ThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
          return new Scratch();
        }
      };

  /** What was taken last: looking it up by thread costs more than most of a system call. */
  private static @Nullable Scratch last;

  private final Thread owner = Thread.currentThread();
  private final MemorySegment callState;
  private final ByteBuffer errno;
  private final ByteBuffer memory;
  private final LongBuffer asWords;
  private final long address;

  private Scratch() {
    callState = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    errno = callState.asByteBuffer().order(ByteOrder.nativeOrder());
    memory = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    asWords = memory.asLongBuffer();
    address = MemorySegment.ofBuffer(memory).address();
  }

  /** The scratch memory of this thread, empty. */
  static Scratch take() {
    Scratch scratch = last;
    if (scratch == null || scratch.owner != Thread.currentThread()) {
      scratch = OF_THREAD.get();
      last = scratch;
    }
    scratch.memory.clear();
    return scratch;
  }

  MemorySegment callState() {
    return callState;
  }

  int errno() {
    return errno.getInt(0);
  }

  /** Appends a NUL-terminated string and returns its address. */
  long string(String text) {
    return string(encode(text));
  }

  /** Appends a NUL to a string and both to the memory, and returns its address. */
  long string(byte[] bytes) {
    // More than the kernel takes for a path, so it would give the same answer.
    if (bytes.length >= SIZE - aligned()) {
      throw CallException.failed("name of " + bytes.length + " bytes", Errno.ENAMETOOLONG);
    }
    int start = aligned();
    if (bytes.length < SHORT) {
      for (int at = 0; at <= bytes.length; at += Long.BYTES) {
        asWords.put((start + at) / Long.BYTES, word(bytes, at));
      }
    } else {
      memory.put(start, bytes).put(start + bytes.length, (byte) 0);
    }
    memory.position(start + bytes.length + 1);
    return address + start;
  }

  /** The eight bytes from there on, the first lowest; behind the last are zeroes. */
  private static long word(byte[] bytes, int from) {
    long word = 0;
    for (int i = Math.min(bytes.length, from + Long.BYTES) - 1; i >= from; i--) {
      word = word << Byte.SIZE | (bytes[i] & 0xff);
    }
    return word;
  }

  /** Appends words of 64 bits and returns their address. */
  long words(long... words) {
    int offset = room(words.length * Long.BYTES);
    for (int i = 0; i < words.length; i++) {
      memory.putLong(offset + i * Long.BYTES, words[i]);
    }
    return address(offset);
  }

  /** Sets aside {@code size} zeroed, aligned bytes and returns their offset. */
  int reserve(int size) {
    int offset = room(size);
    // An array of zeroes and one copy of it are far faster than so many single bytes.
    memory.put(offset, new byte[size]);
    return offset;
  }

  /** Sets aside aligned bytes for the kernel to fill, which hold anything, likewise. */
  int room(int size) {
    int offset = aligned();
    if (size > SIZE - offset) {
      throw CallException.failed("argument of " + size + " bytes", Errno.ENAMETOOLONG);
    }
    memory.position(offset + size);
    return offset;
  }

  private int aligned() {
    return (memory.position() + Long.BYTES - 1) & -Long.BYTES;
  }

  /** Copies so many words of 64 bits, which start at an aligned {@code offset}. */
  long[] wordsAt(int offset, int count) {
    long[] words = new long[count];
    asWords.get(offset / Long.BYTES, words);
    return words;
  }

  long address(int offset) {
    return address + offset;
  }

  ByteBuffer memory() {
    return memory;
  }

  /** The string of {@code length} bytes at {@code offset}. */
  String text(int offset, int length) {
    byte[] bytes = new byte[length];
    memory.get(offset, bytes);
    return GuestString.decode(bytes);
  }

  private static byte[] encode(String text) {
    try {
      return GuestString.encode(text);
    } catch (IllegalArgumentException refused) {
      throw new CallException(Errno.EINVAL, String.valueOf(refused.getMessage()));
    }
  }
}
