package io.guestfs.appliance.launch;

import io.guestfs.appliance.disk.PreparedDrive;
import io.guestfs.appliance.template.TemplateException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is said on the control port; the daemon's half is in its package {@code control}. */
final class ControlWords {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SEED_BYTES = 64;
  private static final String NO_DISKS = "-";
  private static final String PLACEHOLDER = "placeholder";
  private static final String LATER = "later";

  /** Tells a daemon that is ready to warm up, and is its answer when it has. */
  static final String WARM = "warm";

  private ControlWords() {}

  /** The daemon could serve, and waits to be woken, in this machine or in copies of it. */
  static void requireReady(String word) {
    require("ready", word);
  }

  /** The daemon has warmed up, and waits to be woken as before. */
  static void requireWarm(String word) {
    require(WARM, word);
  }

  /** The daemon has become its own machine and sees its disks. */
  static void requireAwake(String word) {
    require("awake", word);
  }

  /** The daemon sees the disks that it waited for. */
  static void requirePlugged(String word) {
    require("plugged", word);
  }

  /** Entropy and an identity for one copy; may block. */
  static String secret() {
    byte[] seed = new byte[SEED_BYTES];
    RANDOM.nextBytes(seed);
    return HexFormat.of().formatHex(seed) + " " + UUID.randomUUID();
  }

  /** Wakes a daemon: the time, a {@link #secret}, and the drives to wait for. */
  static String wake(String secret, List<PreparedDrive> drives) {
    return "wake " + time() + " " + secret + " " + disks(drives);
  }

  /** Wakes a daemon that is told of its disks later. */
  static String wakeToWait(String secret) {
    return "wake " + time() + " " + secret + " " + LATER;
  }

  /** Tells a daemon that waits for its disks where they are, and the time. */
  static String plugged(List<PreparedDrive> drives) {
    return "disks " + time() + " " + disks(drives);
  }

  private static String time() {
    Instant now = Instant.now();
    return now.getEpochSecond() + " " + now.getNano();
  }

  /** The daemon knows disks by their SCSI targets, but for the one that it had. */
  private static String disks(List<PreparedDrive> drives) {
    return drives.isEmpty()
        ? NO_DISKS
        : drives.stream()
            .map(drive -> drive.takesPlaceholder() ? PLACEHOLDER : "" + drive.target())
            .collect(Collectors.joining(","));
  }

  private static void require(String expected, String word) {
    if (!word.equals(expected)) {
      throw new TemplateException("the daemon is not " + expected + " but says: " + word, null);
    }
  }
}
