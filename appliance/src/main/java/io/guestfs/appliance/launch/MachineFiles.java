package io.guestfs.appliance.launch;

import io.guestfs.appliance.Environment;
import io.guestfs.appliance.qemu.QemuSockets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directories of one machine: one with a short name for sockets, and one for overlays, which
 * may get large, where {@code TMPDIR} says. Often that is the same place, and then the same
 * directory.
 */
final class MachineFiles {

  /** What {@code sun_path} holds, without the zero at its end. */
  private static final int MAX_SOCKET_PATH = 107;

  private static final Path FALLBACK = Path.of("/tmp");

  private final PrivateDirectory sockets;
  private final PrivateDirectory overlays;

  private MachineFiles(PrivateDirectory sockets, PrivateDirectory overlays) {
    this.sockets = sockets;
    this.overlays = overlays;
  }

  /** Makes the directories; may block. */
  static MachineFiles create(Environment environment) {
    Path place = socketPlace(environment.runtimeDirectory());
    PrivateDirectory sockets = PrivateDirectory.create(place);
    if (environment.temporaryDirectory().equals(place)) {
      return new MachineFiles(sockets, sockets);
    }
    try {
      return new MachineFiles(sockets, PrivateDirectory.create(environment.temporaryDirectory()));
    } catch (RuntimeException e) {
      sockets.delete();
      throw e;
    }
  }

  static Path socketPlace(@Nullable Path runtimeDirectory) {
    return runtimeDirectory != null
            && runtimeDirectory.toString().getBytes(StandardCharsets.UTF_8).length
                    + PrivateDirectory.MAX_NAME
                    + QemuSockets.LONGEST_NAME
                <= MAX_SOCKET_PATH
            && Files.isWritable(runtimeDirectory)
        ? runtimeDirectory
        : FALLBACK;
  }

  QemuSockets sockets() {
    return QemuSockets.in(sockets.path());
  }

  Path overlay(String name) {
    return overlays.path().resolve(name + ".qcow2");
  }

  /** Removes everything; may block. */
  void delete() {
    sockets.delete();
    overlays.delete();
  }
}
