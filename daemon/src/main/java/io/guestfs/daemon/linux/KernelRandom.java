package io.guestfs.daemon.linux;

import java.util.UUID;

/**
 * The kernel's random number generator (random(4), random(7)), the only one that is used here: what
 * Java's have made of it is part of a saved machine, and would go on alike in all copies.
 */
public final class KernelRandom {
  private static final String DEVICE = "/dev/random";
  private static final long RNDADDENTROPY = 0x40085203;
  private static final long RNDRESEEDCRNG = 0x5207;
  private static final long VERSION_4 = 0x4000;
  private static final long VERSION_MASK = 0xf000;
  private static final long VARIANT = 1L << 63;
  private static final long VARIANT_MASK = 3L << 62;

  private final Fd device = Fd.open(DEVICE, OpenFlags.O_WRONLY, 0);

  /** Mixes in bytes that nobody else knows, and makes all further output depend on them. */
  public void reseed(byte[] secret) {
    Scratch scratch = Scratch.take();
    int pool = scratch.reserve(2 * Integer.BYTES + secret.length);
    scratch.memory().putInt(pool, secret.length * Byte.SIZE);
    scratch.memory().putInt(pool + Integer.BYTES, secret.length);
    scratch.memory().put(pool + 2 * Integer.BYTES, secret);
    device.ioctl(scratch, RNDADDENTROPY, scratch.address(pool), "RNDADDENTROPY");
    device.ioctl(Scratch.take(), RNDRESEEDCRNG, 0, "RNDRESEEDCRNG");
  }

  /** Any 64 bits. */
  public static long nextLong() {
    Scratch scratch = Scratch.take();
    int word = scratch.room(Long.BYTES);
    long result = Syscall.call(Syscall.GETRANDOM, scratch.address(word), Long.BYTES, 0);
    Syscall.check(result, "getrandom", "random");
    return scratch.memory().getLong(word);
  }

  /** A random UUID (RFC 9562, version 4). */
  public static UUID nextUuid() {
    return new UUID(
        (nextLong() & ~VERSION_MASK) | VERSION_4, (nextLong() & ~VARIANT_MASK) | VARIANT);
  }
}
