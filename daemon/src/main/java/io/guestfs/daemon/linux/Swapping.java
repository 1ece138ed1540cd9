package io.guestfs.daemon.linux;

/** Turning swap areas on and off. */
public final class Swapping {
  private Swapping() {}

  /** {@code path} is one of the daemon's own system, {@link Fd#procPath} among them. */
  public static void on(String path, String name) {
    Scratch scratch = Scratch.take();
    long result = Syscall.call(scratch, Syscall.SWAPON, scratch.string(path), 0, 0, 0, 0);
    Syscall.check(result, "swapon", name);
  }

  /** {@code path} is one of the daemon's own system, {@link Fd#procPath} among them. */
  public static void off(String path, String name) {
    Scratch scratch = Scratch.take();
    long result = Syscall.call(scratch, Syscall.SWAPOFF, scratch.string(path), 0, 0, 0, 0);
    Syscall.check(result, "swapoff", name);
  }
}
