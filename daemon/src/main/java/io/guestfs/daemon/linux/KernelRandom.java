package io.guestfs.daemon.linux;

/** The kernel's random number generator ({@code ioctl}s of linux/random.h). */
public final class KernelRandom {
  private static final String DEVICE = "/dev/random";
  private static final long RNDADDENTROPY = 0x40085203;
  private static final long RNDRESEEDCRNG = 0x5207;

  private KernelRandom() {}

  /** Mixes in bytes that nobody else knows, and makes all further output depend on them. */
  public static void reseed(byte[] secret) {
    try (Fd device = Fd.open(DEVICE, OpenFlags.O_WRONLY, 0)) {
      Scratch scratch = Scratch.take();
      int pool = scratch.reserve(2 * Integer.BYTES + secret.length);
      scratch.memory().putInt(pool, secret.length * Byte.SIZE);
      scratch.memory().putInt(pool + Integer.BYTES, secret.length);
      scratch.memory().put(pool + 2 * Integer.BYTES, secret);
      device.ioctl(scratch, RNDADDENTROPY, scratch.address(pool), "RNDADDENTROPY");
      device.ioctl(Scratch.take(), RNDRESEEDCRNG, 0, "RNDRESEEDCRNG");
    }
  }
}
