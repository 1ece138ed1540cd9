package io.guestfs.daemon.linux;

/** Questions about files of the daemon's own system. */
public final class Access {
  private static final int X_OK = 1;

  private Access() {}

  /** Whether there is a program at this path that may be executed. */
  public static boolean isExecutable(String path) {
    Scratch scratch = Scratch.take();
    return Syscall.call(
            scratch, Syscall.FACCESSAT, Syscall.AT_FDCWD, scratch.string(path), X_OK, 0, 0)
        == 0;
  }
}
