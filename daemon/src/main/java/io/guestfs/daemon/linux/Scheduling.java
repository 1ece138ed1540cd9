package io.guestfs.daemon.linux;

/** How the kernel shares the processor between this thread and others. */
public final class Scheduling {
  private static final int THIS_THREAD = 0;
  private static final int SCHED_BATCH = 3;
  private static final int PARAMETER_SIZE = 8;

  private Scheduling() {}

  /**
   * Has this thread, and the programs that it starts from now on, interrupt no other that runs when
   * something comes that they have waited for.
   *
   * <p>Who writes to a pipe and who reads it then change places when the pipe is full or empty, and
   * not at every piece. Under emulation a change costs far more than the copy of a piece: each one
   * empties the table of addresses that were translated.
   */
  public static void preferThroughput() {
    Scratch scratch = Scratch.take();
    long parameter = scratch.address(scratch.reserve(PARAMETER_SIZE));
    long result =
        Syscall.call(
            scratch, Syscall.SCHED_SETSCHEDULER, THIS_THREAD, SCHED_BATCH, parameter, 0, 0);
    Syscall.check(result, "sched_setscheduler", "");
  }
}
