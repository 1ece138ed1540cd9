package io.guestfs.appliance;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the bytes of a drive are. */
public sealed interface DriveSource {

  /**
   * A file or a block device of the host.
   *
   * @param path made absolute against the working directory
   */
  record Local(Path path) implements DriveSource {

    /** Makes the path absolute: qemu does not run in the caller's directory. */
    public Local {
      path = path.toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * An export of an NBD server.
   *
   * @param server where it listens
   * @param export its name, empty for the default one
   */
  record Nbd(NbdServer server, String export) implements DriveSource {

    @Override
    public String toString() {
      return "nbd " + server + (export.isEmpty() ? "" : " export " + export);
    }
  }

  /**
   * Nothing: a blank disk that goes away with the machine.
   *
   * @param sizeBytes at least 1
   */
  record Scratch(long sizeBytes) implements DriveSource {

    /** Checks the size. */
    public Scratch {
      if (sizeBytes < 1) {
        throw new ApplianceConfigurationException(
            "a scratch drive of " + sizeBytes + " bytes: the size must be at least 1");
      }
    }

    @Override
    public String toString() {
      return "scratch of " + sizeBytes + " bytes";
    }
  }

  /** Where an NBD server listens. */
  sealed interface NbdServer {

    /**
     * On a Unix socket.
     *
     * @param socket its path
     */
    record UnixSocket(Path socket) implements NbdServer {
      @Override
      public String toString() {
        return "unix:" + socket;
      }
    }

    /**
     * On TCP.
     *
     * @param host name or address
     * @param port 1 to 65535
     */
    record Tcp(String host, int port) implements NbdServer {

      /** The port that is registered for NBD. */
      public static final int DEFAULT_PORT = 10809;

      private static final Pattern FORM =
          Pattern.compile("(?:tcp:)?(\\[[^\\]]+\\]|[^:/]+)(?::(\\d{1,5}))?");

      /** Checks the port. */
      public Tcp {
        if (port < 1 || port > 65535) {
          throw new ApplianceConfigurationException("NBD port " + port + " is not in 1..65535");
        }
      }

      @Override
      public String toString() {
        return host + ":" + port;
      }
    }

    /**
     * A server as {@code add_drive} of libguestfs writes it.
     *
     * @param server {@code HOST}, {@code HOST:PORT}, {@code tcp:HOST:PORT} or {@code unix:SOCKET}
     * @return where it listens
     * @throws ApplianceConfigurationException when it is none of these
     */
    static NbdServer of(String server) {
      if (server.startsWith("unix:")) {
        return new UnixSocket(Path.of(server.substring("unix:".length())));
      }
      Matcher tcp = Tcp.FORM.matcher(server);
      if (!tcp.matches()) {
        throw new ApplianceConfigurationException(
            "server \"" + server + "\" is not of the form HOST, HOST:PORT or unix:SOCKET");
      }
      String port = tcp.group(2);
      return new Tcp(tcp.group(1), port == null ? Tcp.DEFAULT_PORT : Integer.parseInt(port));
    }
  }
}
