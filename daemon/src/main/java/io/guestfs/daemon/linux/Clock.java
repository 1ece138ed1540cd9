package io.guestfs.daemon.linux;

/** The wall clock. */
public final class Clock {
  private static final int CLOCK_REALTIME = 0;

  private Clock() {}

  /** Sets it to so many seconds and nanoseconds after the epoch. */
  public static void set(long seconds, long nanos) {
    Scratch scratch = Scratch.take();
    long time = scratch.words(seconds, nanos);
    long result = Syscall.call(scratch, Syscall.CLOCK_SETTIME, CLOCK_REALTIME, time, 0, 0, 0);
    Syscall.check(result, "clock_settime", "the clock");
  }
}
