package io.guestfs.daemon.device;

import static io.guestfs.daemon.linux.OpenFlags.O_DIRECTORY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.DirectoryReader;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's /sys: folders of devices, and their attributes, which are short texts. It is looked
 * at often, and before a machine is saved too, so with nothing of Java's library for files: that
 * takes a tenth of a second to be loaded under emulation.
 */
final class Sysfs {
  private static final int SIZE_MAX = 4096;

  private Sysfs() {}

  /** The text without the line break at its end. */
  static String read(String path) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE_MAX);
    try (Fd file = Fd.open(path, O_RDONLY, 0)) {
      file.read(buffer);
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return GuestString.decode(bytes).strip();
  }

  /** The same; empty when there is no such attribute. */
  static String readOrEmpty(String path) {
    try {
      return read(path);
    } catch (CallException e) {
      return "";
    }
  }

  /** Writes an attribute, which makes the kernel do something. */
  static void write(String path, String text) {
    byte[] bytes = GuestString.encode(text);
    try (Fd file = Fd.open(path, O_WRONLY, 0)) {
      file.writeFully(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }
  }

  /** The names in a folder. */
  static List<String> entries(String folder) {
    List<String> names = new ArrayList<>();
    try (Directory directory = new Directory(Fd.open(folder, O_RDONLY | O_DIRECTORY, 0))) {
      DirectoryReader entries = directory.entries();
      while (entries.next()) {
        names.add(entries.name());
      }
    }
    return names;
  }
}
