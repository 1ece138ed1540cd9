package io.guestfs.daemon.linux;

import java.nio.ByteBuffer;

/** The wall clock. */
public final class Clock {
  private static final int CLOCK_REALTIME = 0;
  private static final int TIMESPEC_SIZE = 16;

  private Clock() {}

  /** Sets it to so many seconds and nanoseconds after the epoch. */
  public static void set(long seconds, long nanos) {
    Scratch scratch = Scratch.take();
    int time = scratch.reserve(TIMESPEC_SIZE);
    ByteBuffer memory = scratch.memory();
    memory.putLong(time, seconds);
    memory.putLong(time + Long.BYTES, nanos);
    long result =
        Syscall.call(
            scratch, Syscall.CLOCK_SETTIME, CLOCK_REALTIME, scratch.address(time), 0, 0, 0);
    Syscall.check(result, "clock_settime", "the clock");
  }
}
