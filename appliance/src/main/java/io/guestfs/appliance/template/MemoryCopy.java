package io.guestfs.appliance.template;

import io.guestfs.appliance.host.HostProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Copies the memory of a machine, which is mostly a hole: by {@code cp}, since Java's copies fill
 * the holes, and do not share blocks where the file system could.
 */
final class MemoryCopy {

  /** Of a few hundred megabytes, behind everything else that the host does. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private MemoryCopy() {}

  /** The file that is written to is there, and keeps its owner and permissions. */
  static void make(Path from, Path to) throws IOException {
    List<String> command =
        List.of(
            "nice",
            "cp",
            "--sparse=always",
            "--reflink=auto",
            "--",
            from.toAbsolutePath().toString(),
            to.toAbsolutePath().toString());
    HostProgram.Result copied = HostProgram.run(command, LIMIT);
    if (copied.status() != 0) {
      throw new IOException(copied.output());
    }
  }
}
