package io.guestfs.daemon.luks;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_EXCL;
import static io.guestfs.daemon.linux.OpenFlags.O_NOFOLLOW;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;

import io.guestfs.calls.value.Key;
import io.guestfs.daemon.linux.Fd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A second key for a program that can read only one from its input: a file in memory. */
public final class KeyFile implements AutoCloseable {
  /** Of which the appliance keeps nothing on a disk. */
  private static final Path FOLDER = Path.of("/tmp");

  private static final int MODE = 0600;

  private final Path path = FOLDER.resolve("key-" + ProcessHandle.current().pid());

  /** Writes a key; there is one such file at a time. */
  public KeyFile(Key key) {
    byte[] bytes = key.bytes();
    ByteBuffer content = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    try (Fd file = Fd.open(path.toString(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, MODE)) {
      file.writeFully(content);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Its path. */
  public String path() {
    return path.toString();
  }

  @Override
  public void close() {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
