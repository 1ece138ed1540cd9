package io.guestfs.daemon.control;

import java.util.ArrayList;
import java.util.List;

/**
 * What a machine that waits for its disks is told when they are plugged in.
 *
 * @param seconds of the host's clock since the epoch: it may have waited long
 * @param nanos the rest of it
 * @param targets SCSI targets of the disks
 */
record Plugged(long seconds, long nanos, List<Integer> targets) {
  private static final String COMMAND = "disks";
  private static final String NO_TARGETS = "-";
  private static final int WORDS = 4;

  /**
   * Parses {@code disks SECONDS NANOS TARGETS}.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static Plugged parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != WORDS || !words[0].equals(COMMAND)) {
      throw new IllegalArgumentException("not understood on the control port: " + line);
    }
    return new Plugged(Long.parseLong(words[1]), Long.parseLong(words[2]), targets(words[3]));
  }

  static List<Integer> targets(String list) {
    List<Integer> targets = new ArrayList<>();
    if (!list.equals(NO_TARGETS)) {
      for (String target : list.split(",", -1)) {
        targets.add(Integer.parseInt(target));
      }
    }
    return targets;
  }
}
