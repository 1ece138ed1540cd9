package io.guestfs.daemon.linux;

/** How a process ended, as {@code wait(2)} packs it. */
public record ExitStatus(int waitStatus) {
  private static final int SIGNAL_MASK = 0x7f;

  public boolean isSuccess() {
    return waitStatus == 0;
  }

  /** Whether a signal ended it. */
  public boolean isSignalled() {
    return signal() != 0;
  }

  /** The signal that ended it, 0 when it exited by itself. */
  public int signal() {
    return waitStatus & SIGNAL_MASK;
  }

  /** The status it exited with, meaningless when a signal ended it. */
  public int code() {
    return waitStatus >>> 8 & 0xff;
  }

  /** As part of a sentence: "exited with status 1". */
  public String description() {
    return isSignalled() ? "was killed by signal " + signal() : "exited with status " + code();
  }
}
