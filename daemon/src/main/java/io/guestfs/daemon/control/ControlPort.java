package io.guestfs.daemon.control;

import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import io.guestfs.daemon.linux.UnixSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** The port to whoever saves and wakes this machine: lines of ASCII. */
final class ControlPort {
  private static final int LINE_MAX = 4096;
  private static final String FAILED = "failed: ";

  private final Fd port;

  ControlPort(Fd port) {
    this.port = port;
  }

  /**
   * Talks over a device, and says there, too, what goes wrong. It stays open: to close it would be
   * part of each launch, and would not be seen by anybody.
   */
  static void talk(String device, Consumer<ControlPort> talk) {
    ControlPort port = new ControlPort(Fd.open(device, OpenFlags.O_RDWR, 0));
    try {
      talk.accept(port);
    } catch (RuntimeException e) {
      Diagnostics.print("cannot be saved, woken or given disks: " + e);
      port.say(FAILED + e.getMessage());
      throw e;
    }
  }

  /** Talks with nobody, who says one line and does not listen. */
  static void rehearse(String line, Consumer<ControlPort> talk) {
    List<Fd> ends = UnixSocket.pair("rehearsal");
    try (Fd daemon = ends.get(0);
        Fd nobody = ends.get(1)) {
      new ControlPort(nobody).say(line);
      talk.accept(new ControlPort(daemon));
    }
  }

  void say(String line) {
    byte[] bytes = (line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.US_ASCII);
    port.writeFully(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
  }

  /** The next line; nothing follows it. */
  String hear() {
    ByteBuffer line = ByteBuffer.allocateDirect(LINE_MAX);
    while (line.position() == 0 || line.get(line.position() - 1) != '\n') {
      if (!line.hasRemaining() || port.read(line) < 0) {
        throw new CallException("the control port ended in the middle of a line");
      }
    }
    byte[] bytes = new byte[line.position() - 1];
    line.get(0, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
