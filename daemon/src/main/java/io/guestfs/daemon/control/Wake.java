package io.guestfs.daemon.control;

import io.guestfs.daemon.linux.Clock;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.KernelRandom;
import io.guestfs.daemon.linux.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes a copy of a saved machine a machine of its own.
 *
 * @param seconds of the host's clock since the epoch
 * @param nanos the rest of it
 * @param seed random bytes that no other copy gets, hexadecimal
 * @param id a random UUID
 * @param targets SCSI targets of the disks that are plugged in; null when disks come later
 */
record Wake(long seconds, long nanos, String seed, String id, @Nullable List<Integer> targets) {
  private static final String COMMAND = "wake";
  private static final String LATER = "later";
  private static final int WORDS = 6;
  private static final String ID_FILE = "/run/clone-id";

  /**
   * Parses {@code wake SECONDS NANOS SEED ID TARGETS}.
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
        words[5].equals(LATER) ? null : Plugged.targets(words[5]));
  }

  /**
   * Takes the time and the entropy over. The clock is first: Java keeps random bytes for a tenth of
   * a second of it.
   */
  void apply() {
    byte[] secret = HexFormat.of().parseHex(seed);
    Clock.set(seconds, nanos);
    KernelRandom.reseed(secret);
    new SecureRandom().setSeed(secret);
    writeId();
  }

  private void writeId() {
    byte[] text = (id + "\n").getBytes(StandardCharsets.US_ASCII);
    int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC;
    try (Fd file = Fd.open(ID_FILE, flags, 0444)) {
      file.writeFully(ByteBuffer.allocateDirect(text.length).put(text).flip());
    }
  }
}
