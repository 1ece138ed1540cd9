package io.guestfs.appliance.launch;

import io.guestfs.appliance.Environment;
import io.guestfs.appliance.host.HostUser;
import io.guestfs.appliance.host.HostUser.Access;
import io.guestfs.appliance.host.HostUser.Need;
import io.guestfs.appliance.qemu.QemuSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  private final HostUser user;

  private MachineFiles(PrivateDirectory sockets, PrivateDirectory overlays, HostUser user) {
    this.sockets = sockets;
    this.overlays = overlays;
    this.user = user;
  }

  /** Makes the directories, for qemu that runs as this user; may block. */
  static MachineFiles create(Environment environment, HostUser user) {
    Path place = socketPlace(user.isOurs() ? environment.runtimeDirectory() : null);
    PrivateDirectory sockets = PrivateDirectory.create(place, user);
    if (environment.temporaryDirectory().equals(place)) {
      return new MachineFiles(sockets, sockets, user);
    }
    try {
      return new MachineFiles(
          sockets, PrivateDirectory.create(environment.temporaryDirectory(), user), user);
    } catch (RuntimeException e) {
      sockets.delete();
      throw e;
    }
  }

  /**
   * What qemu must be allowed that runs as another user; nobody else enters a runtime directory.
   */
  static List<Need> needs(Environment environment) {
    return List.of(
        new Need(Access.ENTER, FALLBACK), new Need(Access.ENTER, environment.temporaryDirectory()));
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

  /** Lets qemu connect; may block. */
  void handOverSockets() throws IOException {
    for (Path socket : sockets().awaited()) {
      if (Files.exists(socket)) {
        user.give(socket);
      }
    }
  }

  /** Lets qemu open an overlay; may block. */
  void handOver(Path overlay) throws IOException {
    user.give(overlay);
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
