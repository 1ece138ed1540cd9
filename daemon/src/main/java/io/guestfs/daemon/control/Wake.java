package io.guestfs.daemon.control;

import io.guestfs.daemon.device.GivenDisks;
import io.guestfs.daemon.linux.KernelRandom;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What makes a copy of a saved machine a machine of its own.
 *
 * @param seconds of the host's clock since the epoch
 * @param nanos the rest of it
 * @param seed random bytes that no other copy gets, hexadecimal
 * @param id a random UUID
 * @param disks which disks there are; null when they come later
 */
record Wake(long seconds, long nanos, String seed, String id, @Nullable GivenDisks disks) {
  private static final String COMMAND = "wake";
  private static final String LATER = "later";
  private static final int WORDS = 6;
  private static final int SEED_BYTES = 64;

  /**
   * Parses {@code wake SECONDS NANOS SEED ID DISKS}.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static Wake parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != WORDS || !words[0].equals(COMMAND)) {
      throw new IllegalArgumentException("not understood on the control port: " + line);
    }
    return new Wake(
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        words[3],
        words[4],
        words[5].equals(LATER) ? null : GivenDisks.parse(words[5]));
  }

  /** A line as the one that will come, for a machine that keeps its placeholder for now. */
  static String rehearsal() {
    ByteBuffer seed = ByteBuffer.allocate(SEED_BYTES);
    while (seed.hasRemaining()) {
      seed.putLong(KernelRandom.nextLong());
    }
    return String.join(
        " ",
        COMMAND,
        now(),
        HexFormat.of().formatHex(seed.array()),
        KernelRandom.nextUuid().toString(),
        GivenDisks.PLACEHOLDER);
  }

  /** Seconds and nanoseconds. */
  static String now() {
    long millis = System.currentTimeMillis();
    return millis / 1000 + " " + millis % 1000 * 1_000_000;
  }
}
