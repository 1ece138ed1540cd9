package io.guestfs.daemon.linux;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;

import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;

/** The SELinux context of this thread. */
public final class SelinuxContext {
  private static final String PATH = "/proc/thread-self/attr/current";
  private static final int SIZE_MAX = 4096;

  private SelinuxContext() {}

  /** Whether the kernel runs with SELinux; other security modules use the same file. */
  public static boolean isEnabled() {
    return FileStatus.of("/sys/fs/selinux") != null;
  }

  public static String get() {
    ByteBuffer memory = ByteBuffer.allocateDirect(SIZE_MAX);
    try (Fd file = Fd.open(PATH, O_RDONLY, 0)) {
      file.read(memory);
    }
    byte[] text = new byte[memory.flip().remaining()];
    memory.get(text);
    return GuestString.decode(text).replaceFirst("[\\x00\\n]+$", "");
  }

  public static void set(String context) {
    byte[] text = GuestString.encode(context);
    ByteBuffer memory = ByteBuffer.allocateDirect(text.length + 1);
    memory.put(text).put((byte) 0).flip();
    try (Fd file = Fd.open(PATH, O_WRONLY, 0)) {
      file.write(memory);
    }
  }
}
