package io.guestfs.daemon.handler;

import io.guestfs.calls.CopyAttributesOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.CopyFileCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.ExtendedAttributes;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import org.jspecify.annotations.Nullable;

/** Serves the calls that copy and move files by name. */
public final class CopyFileHandler implements CopyFileCallsHandler {
  private final GuestRoot root;
  private final ExtendedAttributes attributes = new ExtendedAttributes();

  public CopyFileHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void cp(GuestPath src, GuestPath dest) {
    run(Tool.of("cp"), src, dest);
  }

  @Override
  public void cpA(GuestPath src, GuestPath dest) {
    run(Tool.of("cp", "-a"), src, dest);
  }

  @Override
  public void cpR(GuestPath src, GuestPath dest) {
    run(Tool.of("cp", "-r"), src, dest);
  }

  @Override
  public void mv(GuestPath src, GuestPath dest) {
    run(Tool.of("mv"), src, dest);
  }

  @Override
  public void rename(GuestPath oldpath, GuestPath newpath) {
    try (Entry from = root.findEntry(oldpath.name());
        Entry to = root.findEntry(newpath.name())) {
      from.directory().rename(from.name(), to.directory(), to.name(), 0);
    }
  }

  @Override
  public void copyAttributes(GuestPath src, GuestPath dest, CopyAttributesOptions options) {
    boolean all = isSet(options.all());
    try (Fd from = root.find(src.name());
        Fd to = root.find(dest.name())) {
      FileStatus status = from.status();
      // A new owner takes away permissions that are powerful, and capabilities.
      if (all || isSet(options.ownership())) {
        to.chown((int) status.uid(), (int) status.gid());
      }
      if (all || isSet(options.mode())) {
        to.chmod(status.permissions());
      }
      if (all || isSet(options.xattributes())) {
        copyExtendedAttributes(from, to);
      }
    }
  }

  private void copyExtendedAttributes(Fd from, Fd to) {
    for (String name : attributes.names(from)) {
      byte[] value = attributes.get(from, name);
      if (value != null) {
        attributes.set(to, name, value);
      }
    }
  }

  /** The program looks at many things; that the source is there can be said with an errno. */
  private void run(Tool tool, GuestPath src, GuestPath dest) {
    if (root.linkStatusOrNull(src.name()) == null) {
      throw CallException.failed(src.name(), Errno.ENOENT);
    }
    tool.args("--", src.name(), dest.name()).inside(root).run();
  }

  private static boolean isSet(@Nullable Boolean option) {
    return Boolean.TRUE.equals(option);
  }
}
