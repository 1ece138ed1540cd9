package io.guestfs.appliance.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code qemu-img}, to make images only: it reads none that somebody else made. */
final class QemuImg {

  private static final int MAX_OUTPUT = 64 * 1024;
  private static final Duration LIMIT = Duration.ofHours(1);

  private QemuImg() {}

  /** Makes an image; throws with what qemu-img said. Blocks. */
  static void create(DiskImageSpec spec) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", spec.format().qemuName()));
    if (!spec.options().isEmpty()) {
      command.addAll(List.of("-o", String.join(",", spec.options())));
    }
    if (spec.backingFile() != null) {
      command.addAll(List.of("-b", spec.backingFile(), "-F", spec.detectBackingFormat()));
    }
    command.add(spec.image().toString());
    if (spec.sizeBytes() >= 0) {
      command.add(Long.toString(spec.sizeBytes()));
    }
    run(spec.image(), command, LIMIT);
  }

  /** Runs qemu-img; throws with what it said when it failed, or when it takes too long. */
  static void run(Path image, List<String> command, Duration limit) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try (InputStream out = process.getInputStream()) {
      // What it says fits into the pipe: it need not be read while it runs, which would take as
      // long as it likes.
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            image + ": qemu-img did not end in " + limit.toSeconds() + " seconds");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(image + ": interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
