package io.guestfs.daemon.handler;

import io.guestfs.calls.RsyncInOptions;
import io.guestfs.calls.RsyncOptions;
import io.guestfs.calls.RsyncOutOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.RsyncCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Serves the calls that copy by rsync(1). It works in an open directory of the guest, and is given
 * a name in it, or a path through {@code /proc} to another one; links below it copies and replaces
 * but does not follow.
 */
public final class RsyncHandler implements RsyncCallsHandler {
  private final GuestRoot root;

  public RsyncHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void rsync(GuestPath src, GuestPath dest, RsyncOptions options) {
    try (Entry source = source(src);
        Entry destination = destination(dest)) {
      String target = destination.directory().fd().procPath() + "/" + destination.name();
      rsync(options.archive(), options.deletedest())
          .args("./" + source.name(), target)
          .in(source.directory())
          .run();
    }
  }

  @Override
  public void rsyncIn(String remote, GuestPath dest, RsyncInOptions options) {
    requireRemote(remote);
    try (Entry destination = destination(dest)) {
      rsync(options.archive(), options.deletedest())
          .args(remote, "./" + destination.name())
          .in(destination.directory())
          .run();
    }
  }

  @Override
  public void rsyncOut(GuestPath src, String remote, RsyncOutOptions options) {
    requireRemote(remote);
    try (Entry source = source(src)) {
      rsync(options.archive(), options.deletedest())
          .args("./" + source.name(), remote)
          .in(source.directory())
          .run();
    }
  }

  /** With a slash at the end, what is in the directory is meant. */
  private Entry source(GuestPath path) {
    return path.name().endsWith("/") ? allOf(path) : root.findEntry(path.name());
  }

  private Entry destination(GuestPath path) {
    FileStatus status = root.statusOrNull(path.name());
    boolean exists = status != null && status.isDirectory();
    return exists ? allOf(path) : root.findEntry(path.name());
  }

  private Entry allOf(GuestPath directory) {
    return new Entry(root.openDirectory(directory.name()), "");
  }

  private static Tool rsync(@Nullable Boolean archive, @Nullable Boolean delete) {
    Tool rsync = Tool.of("rsync", "--numeric-ids");
    if (Boolean.TRUE.equals(archive)) {
      rsync.args("--archive");
    }
    if (Boolean.TRUE.equals(delete)) {
      rsync.args("--delete");
    }
    return rsync.args("--");
  }

  /** A path would be one of the appliance. */
  private static void requireRemote(String remote) {
    int colon = remote.indexOf(':');
    int slash = remote.indexOf('/');
    if (colon <= 0 || (slash >= 0 && slash < colon)) {
      throw new CallException(
          Errno.EINVAL, "'" + remote + "' is not a remote place, as rsync://HOST/MODULE/PATH is");
    }
  }
}
