package io.guestfs.daemon;

import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param port the device through which the library is reached, in an appliance; else null
 * @param control the device through which an appliance is saved and woken; null when it boots to
 *     serve at once
 * @param plug the device through which an appliance that boots is told of its disks, when they come
 *     later; else null
 * @param socket the Unix socket on which the library listens, on a host; else null
 * @param root where the guest is, or will be mounted
 */
record Arguments(
    @Nullable String port,
    @Nullable String control,
    @Nullable String plug,
    @Nullable String socket,
    String root) {
  static final String USAGE =
      """
      usage: Main --port DEVICE [--control DEVICE | --plug DEVICE] --root DIRECTORY
               in an appliance: serves its disks, mounted at DIRECTORY; with a control
               device, once it has been woken through that, and with a plug device, once
               it has been given its disks
             Main --socket PATH --root DIRECTORY
               on a host: connects to PATH, serves the files in DIRECTORY, and no disks""";

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException when it is wrong; the message says how
   */
  static Arguments parse(String... words) {
    String port = null;
    String control = null;
    String plug = null;
    String socket = null;
    String root = null;
    for (int i = 0; i < words.length; i += 2) {
      if (i + 1 == words.length) {
        throw new IllegalArgumentException(words[i] + " needs a value");
      }
      switch (words[i]) {
        case "--port" -> port = words[i + 1];
        case "--control" -> control = words[i + 1];
        case "--plug" -> plug = words[i + 1];
        case "--socket" -> socket = words[i + 1];
        case "--root" -> root = words[i + 1];
        default -> throw new IllegalArgumentException(words[i] + " is not known");
      }
    }
    if (root == null || (port == null) == (socket == null)) {
      throw new IllegalArgumentException("--root and either --port or --socket are needed");
    }
    if ((control != null || plug != null) && port == null) {
      throw new IllegalArgumentException("--control and --plug are for appliances, with --port");
    }
    return new Arguments(port, control, plug, socket, root);
  }
}
