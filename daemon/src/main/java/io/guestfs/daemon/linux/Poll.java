package io.guestfs.daemon.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Waits until one of a few descriptors can be read or written ({@code ppoll}). */
public final class Poll {
  private static final int READABLE = 0x001;
  private static final int WRITABLE = 0x004;
  private static final int ENTRY_SIZE = 8;
  private static final int TIMEOUT_SIZE = 16;
  private static final int UNUSED = -1;

  private final int capacity;
  private final ByteBuffer memory;
  private final long address;

  /** For up to {@code capacity} descriptors, at places counted from 0. */
  public Poll(int capacity) {
    this.capacity = capacity;
    memory =
        ByteBuffer.allocateDirect(TIMEOUT_SIZE + capacity * ENTRY_SIZE)
            .order(ByteOrder.nativeOrder());
    address = MemorySegment.ofBuffer(memory).address();
    for (int place = 0; place < capacity; place++) {
      ignore(place);
    }
  }

  public void awaitReadable(int place, Fd fd) {
    put(place, fd.number(), READABLE);
  }

  public void awaitWritable(int place, Fd fd) {
    put(place, fd.number(), WRITABLE);
  }

  /** Takes a descriptor out, for instance because it is closed. */
  public void ignore(int place) {
    put(place, UNUSED, 0);
  }

  /** Waits, at most for so many milliseconds, for ever when negative; false when time ran out. */
  public boolean await(int timeoutMillis) {
    memory.putLong(0, timeoutMillis / 1000);
    memory.putLong(8, timeoutMillis % 1000 * 1_000_000L);
    long timeout = timeoutMillis < 0 ? 0 : address;
    long result =
        Syscall.call(
            Scratch.take(), Syscall.PPOLL, address + TIMEOUT_SIZE, capacity, timeout, 0, 0);
    return Syscall.check(result, "poll", "") > 0;
  }

  /** Whether the descriptor can be used, which it can too when its other end is gone. */
  public boolean isReady(int place) {
    return memory.getShort(TIMEOUT_SIZE + place * ENTRY_SIZE + 6) != 0;
  }

  private void put(int place, int fd, int events) {
    int at = TIMEOUT_SIZE + place * ENTRY_SIZE;
    memory.putInt(at, fd);
    memory.putShort(at + 4, (short) events);
    memory.putShort(at + 6, (short) 0);
  }
}
