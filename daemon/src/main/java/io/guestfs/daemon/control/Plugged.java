package io.guestfs.daemon.control;

import io.guestfs.daemon.device.GivenDisks;

/**
 * What a machine that waits for its disks is told when they are there.
 *
 * @param seconds of the host's clock since the epoch: it may have waited long
 * @param nanos the rest of it
 * @param disks which they are
 */
record Plugged(long seconds, long nanos, GivenDisks disks) {
  private static final String COMMAND = "disks";
  private static final int WORDS = 4;

  /**
   * Parses {@code disks SECONDS NANOS DISKS}.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static Plugged parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != WORDS || !words[0].equals(COMMAND)) {
      throw new IllegalArgumentException("not understood on the control port: " + line);
    }
    return new Plugged(
        Long.parseLong(words[1]), Long.parseLong(words[2]), GivenDisks.parse(words[3]));
  }

  /** The line for a machine that keeps its placeholder for now. */
  static String rehearsal() {
    return COMMAND + " " + Wake.now() + " " + GivenDisks.PLACEHOLDER;
  }
}
