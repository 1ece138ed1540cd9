package io.guestfs.appliance.template;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names a template by everything that decides what the saved machine is. */
public final class TemplateKey {

  /** Counts what changed in how templates are made or used, without showing in anything below. */
  private static final String FORMAT = "2";

  /** A template is a crash away from being incomplete on disk, so it lasts until the next boot. */
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final int LENGTH = 16;

  private TemplateKey() {}

  /**
   * Computes the key; reads attributes of files and may block.
   *
   * @param commandLine of the machine that is to be saved, with names that are the same each time
   * @param files what it is made from
   * @param processorCounts whether the guest sees the host's processor
   * @return a name for a directory
   */
  public static String of(List<String> commandLine, List<Path> files, boolean processorCounts) {
    try {
      StringBuilder subject = new StringBuilder(FORMAT).append('\n');
      subject.append(Files.readString(BOOT_ID));
      commandLine.forEach(word -> subject.append(word).append('\n'));
      for (Path file : files) {
        subject.append(FileIdentity.ofContent(file)).append('\n');
      }
      if (processorCounts) {
        subject.append(processor());
      }
      return digest(subject.toString());
    } catch (IOException e) {
      throw new TemplateException("what the template is made from cannot be read: " + e, e);
    }
  }

  /** The first processor's description, without what varies while it runs. */
  private static String processor() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(PROCESSOR)) {
      if (line.isEmpty()) {
        break;
      }
      if (!line.contains("MHz")) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private static String digest(String subject) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
