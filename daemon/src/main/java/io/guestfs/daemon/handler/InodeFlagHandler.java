package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_NOFOLLOW;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.SetE2attrsOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.InodeFlagCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.InodeFlags;
import io.guestfs.daemon.root.GuestRoot;
import java.util.function.Function;

/** Serves the calls about flags and generations of inodes. */
public final class InodeFlagHandler implements InodeFlagCallsHandler {
  private static final long GENERATION_MAX = 0xffffffffL;

  private final GuestRoot root;

  public InodeFlagHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public String getE2attrs(GuestPath file) {
    return use(file, inode -> InodeFlag.letters(inode.get()));
  }

  @Override
  public void setE2attrs(GuestPath file, String attrs, SetE2attrsOptions options) {
    int flags = InodeFlag.bits(attrs);
    boolean clear = Boolean.TRUE.equals(options.clear());
    use(
        file,
        inode -> {
          int present = inode.get();
          inode.set(clear ? present & ~flags : present | flags);
          return present;
        });
  }

  @Override
  public long getE2generation(GuestPath file) {
    return use(file, InodeFlags::generation);
  }

  @Override
  public void setE2generation(GuestPath file, long generation) {
    if (generation < 0 || generation > GENERATION_MAX) {
      throw new CallException(
          Errno.EINVAL, "generation " + generation + " is not from 0 to " + GENERATION_MAX);
    }
    use(
        file,
        inode -> {
          inode.setGeneration(generation);
          return generation;
        });
  }

  private <T> T use(GuestPath file, Function<InodeFlags, T> action) {
    FileStatus status = root.linkStatus(file.name());
    if (!status.isRegular() && !status.isDirectory()) {
      throw CallException.failed(file.name(), Errno.ENOTSUP);
    }
    try (Fd fd = root.open(file.name(), O_RDONLY | O_NOFOLLOW, 0)) {
      return action.apply(new InodeFlags(fd));
    } catch (CallException e) {
      // So a file system says that it has none of this.
      throw e.is(Errno.ENOTTY) ? CallException.failed(file.name(), Errno.ENOTSUP) : e;
    }
  }
}
