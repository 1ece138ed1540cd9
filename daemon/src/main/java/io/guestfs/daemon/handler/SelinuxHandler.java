package io.guestfs.daemon.handler;

import io.guestfs.calls.SelinuxRelabelOptions;
import io.guestfs.calls.SetfilesOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.SelinuxCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.SelinuxContext;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves the calls about SELinux. */
public final class SelinuxHandler implements SelinuxCallsHandler {
  /** What the kernel fills in a running guest; its labels are not in files. */
  private static final List<String> KERNEL_FOLDERS = List.of("/dev", "/proc", "/selinux", "/sys");

  private final GuestRoot root;

  public SelinuxHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void setcon(String context) {
    requireEnabled();
    SelinuxContext.set(context);
  }

  @Override
  public String getcon() {
    requireEnabled();
    return SelinuxContext.get();
  }

  @Override
  public void selinuxRelabel(String specfile, GuestPath path, SelinuxRelabelOptions options) {
    label(specfile, List.of(path), options.force(), List.of());
  }

  @Override
  public void setfiles(String specfile, List<GuestPath> paths, SetfilesOptions options) {
    List<String> excludes = options.excludes();
    label(specfile, paths, options.force(), excludes == null ? List.of() : excludes);
  }

  private void label(
      String specfile, List<GuestPath> paths, @Nullable Boolean force, List<String> excludes) {
    if (paths.isEmpty()) {
      throw new CallException(Errno.EINVAL, "the list of paths is empty");
    }
    // The program finds files by their descriptors in /proc, which a guest has not, so it runs
    // outside. It follows no link below where it begins.
    Tool setfiles = Tool.of("setfiles", "-q", "-m", "-r", root.hostPath("/"));
    if (Boolean.TRUE.equals(force)) {
      setfiles.args("-F");
    }
    exclude(setfiles, KERNEL_FOLDERS);
    exclude(setfiles, excludes);
    setfiles.args("--", root.hostPath(specfile));
    paths.forEach(path -> setfiles.args(root.hostPath(path.name())));
    setfiles.run();
  }

  /** What is not there need not be left out. */
  private void exclude(Tool setfiles, List<String> folders) {
    for (String folder : folders) {
      if (root.statusOrNull(folder) != null) {
        setfiles.args("-e", root.hostPath(folder));
      }
    }
  }

  private static void requireEnabled() {
    if (!SelinuxContext.isEnabled()) {
      throw new CallException(Errno.ENOTSUP, "the kernel of the appliance runs without SELinux");
    }
  }
}
