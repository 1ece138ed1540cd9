package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_EXCL;
import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;

import io.guestfs.calls.GlobExpandOptions;
import io.guestfs.calls.MktempOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.PathCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.path.FreeName;
import io.guestfs.daemon.path.Glob;
import io.guestfs.daemon.path.TrueCase;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import java.util.List;

/** Serves the calls about names in the guest. */
public final class PathHandler implements PathCallsHandler {
  private static final int FOR_OWNER_ALONE = 0600;
  private static final int DIRECTORY_FOR_OWNER_ALONE = 0700;

  private final GuestRoot root;

  public PathHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public String realpath(GuestPath path) {
    return root.realPath(path.name());
  }

  @Override
  public String caseSensitivePath(GuestPath path) {
    return new TrueCase(root).of(path.name());
  }

  @Override
  public List<String> globExpand(GuestPath pattern, GlobExpandOptions options) {
    root.requireMounted(pattern.name());
    return new Glob(root).expand(pattern.name(), !Boolean.FALSE.equals(options.directoryslash()));
  }

  @Override
  public String mkdtemp(GuestPath tmpl) {
    return FreeName.make(tmpl.name(), "", this::makeDirectory);
  }

  @Override
  public String mktemp(GuestPath tmpl, MktempOptions options) {
    String suffix = options.suffix() == null ? "" : options.suffix();
    if (suffix.contains("/")) {
      throw new CallException(Errno.EINVAL, "'" + suffix + "': a suffix has no slash");
    }
    return FreeName.make(tmpl.name(), suffix, this::makeFile);
  }

  private void makeDirectory(String path) {
    try (Entry entry = root.findEntry(path)) {
      entry.directory().mkdir(entry.name(), DIRECTORY_FOR_OWNER_ALONE);
    }
  }

  private void makeFile(String path) {
    try (Entry entry = root.findEntry(path)) {
      entry.directory().open(entry.name(), O_RDWR | O_CREAT | O_EXCL, FOR_OWNER_ALONE).close();
    }
  }
}
