package io.guestfs.daemon.mount;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Mounting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system that is mounted for a moment, where no guest sees it. */
public final class TemporaryMount implements AutoCloseable {
  private final Path directory;

  private TemporaryMount(Path directory) {
    this.directory = directory;
  }

  /** Mounts for reading. */
  public static TemporaryMount readOnly(Device device, String type, String options) {
    TemporaryMount mount = new TemporaryMount(newDirectory(type));
    try {
      Mounting.mount(device.name(), mount.path(), type, Mounting.MS_RDONLY, options);
      return mount;
    } catch (CallException e) {
      mount.delete();
      throw e;
    }
  }

  /** Where it is. */
  public String path() {
    return directory.toString();
  }

  @Override
  public void close() {
    Mounting.unmount(path(), 0);
    delete();
  }

  private static Path newDirectory(String prefix) {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() {
    try {
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
