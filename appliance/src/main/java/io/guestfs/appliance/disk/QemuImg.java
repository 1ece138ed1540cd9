package io.guestfs.appliance.disk;

import io.guestfs.appliance.host.HostProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code qemu-img}, to make images only: it reads none that somebody else made. */
final class QemuImg {

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
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    HostProgram.Result ended = HostProgram.run(command, LIMIT);
    if (ended.status() != 0) {
      throw new IOException(ended.output());
    }
  }
}
