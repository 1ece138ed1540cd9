package io.guestfs.daemon.handler;

import io.guestfs.calls.IsBlockdevOptions;
import io.guestfs.calls.IsChardevOptions;
import io.guestfs.calls.IsFifoOptions;
import io.guestfs.calls.IsSocketOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.FileTypeCallsHandler;
import io.guestfs.daemon.executable.FileArchitecture;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.FileType;
import io.guestfs.daemon.root.GuestRoot;
import org.jspecify.annotations.Nullable;

/** Serves the calls about what kind of file there is. */
public final class FileTypeHandler implements FileTypeCallsHandler {
  private final GuestRoot root;

  public FileTypeHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public boolean isBlockdev(GuestPath path, IsBlockdevOptions options) {
    return is(FileType.BLOCK, path, options.followsymlinks());
  }

  @Override
  public boolean isChardev(GuestPath path, IsChardevOptions options) {
    return is(FileType.CHARACTER, path, options.followsymlinks());
  }

  @Override
  public boolean isFifo(GuestPath path, IsFifoOptions options) {
    return is(FileType.FIFO, path, options.followsymlinks());
  }

  @Override
  public boolean isSocket(GuestPath path, IsSocketOptions options) {
    return is(FileType.SOCKET, path, options.followsymlinks());
  }

  @Override
  public boolean isSymlink(GuestPath path) {
    return is(FileType.SYMLINK, path, false);
  }

  @Override
  public String fileArchitecture(GuestPath filename) {
    try (Fd file = root.openContent(filename.name())) {
      return FileArchitecture.of(file);
    }
  }

  private boolean is(FileType type, GuestPath path, @Nullable Boolean follow) {
    FileStatus status = root.statusOrNull(path.name(), Boolean.TRUE.equals(follow));
    return status != null && status.type() == type;
  }
}
