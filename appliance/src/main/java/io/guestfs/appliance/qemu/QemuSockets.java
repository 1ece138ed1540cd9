package io.guestfs.appliance.qemu;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a machine's sockets and files are: short names in a private directory, since the path of a
 * Unix socket has at most 107 bytes.
 *
 * @param monitor qemu's machine protocol
 * @param console the guest's first serial port
 * @param channel the virtio-serial port of the daemon
 * @param control the virtio-serial port through which a machine is saved and woken
 * @param migration where the state of the devices goes in or out
 * @param log what qemu itself has to say
 */
public record QemuSockets(
    Path monitor, Path console, Path channel, Path control, Path migration, Path log) {

  /**
   * Those on which we listen and qemu connects when it starts.
   *
   * @return paths; not every machine has every socket
   */
  public List<Path> awaited() {
    return List.of(monitor, console, channel, control);
  }

  /** Longest of the names below, with a slash. */
  public static final int LONGEST_NAME = "/migration".length();

  /**
   * Names them.
   *
   * @param directory the private directory
   * @return paths in it; nothing is created
   */
  public static QemuSockets in(Path directory) {
    return new QemuSockets(
        directory.resolve("monitor"),
        directory.resolve("console"),
        directory.resolve("channel"),
        directory.resolve("control"),
        directory.resolve("migration"),
        directory.resolve("log"));
  }
}
