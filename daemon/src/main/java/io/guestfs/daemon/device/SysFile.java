package io.guestfs.daemon.device;

import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;

/** Attributes in /sys, which are short texts. */
final class SysFile {
  private static final int SIZE_MAX = 4096;

  private SysFile() {}

  /** The text without the line break at its end. */
  static String read(String path) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE_MAX);
    try (Fd file = Fd.open(path, OpenFlags.O_RDONLY, 0)) {
      file.read(buffer);
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return GuestString.decode(bytes).strip();
  }
}
