package io.guestfs.daemon.control;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The port to whoever saves and wakes this machine: lines of ASCII. */
final class ControlPort {
  private static final int LINE_MAX = 4096;

  private final Fd port;

  ControlPort(Fd port) {
    this.port = port;
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
