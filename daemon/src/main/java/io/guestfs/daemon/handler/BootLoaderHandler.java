package io.guestfs.daemon.handler;

import io.guestfs.calls.SyslinuxOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.BootLoaderCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.FileType;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;
import java.util.List;

/** Serves the calls that install boot loaders. */
public final class BootLoaderHandler implements BootLoaderCallsHandler {
  /** What EXTLINUX writes. */
  private static final List<String> EXTLINUX_FILES =
      List.of("ldlinux.sys", "ldlinux.c32", "extlinux.sys");

  private final GuestRoot root;

  public BootLoaderHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void extlinux(GuestPath directory) {
    try (Directory opened = root.openDirectory(directory.name())) {
      for (String file : EXTLINUX_FILES) {
        refuseLink(opened, file);
      }
      Tool.of("extlinux", "--install", opened.fd().procPath()).run();
    }
  }

  /** The program would follow it, out of the guest if that is where it leads. */
  private static void refuseLink(Directory directory, String file) {
    FileStatus status = directory.statusOrNull(file);
    if (status != null && status.type() != FileType.REGULAR) {
      throw new CallException(Errno.EINVAL, file + ": not a regular file; remove it first");
    }
  }

  @Override
  public void syslinux(Device device, SyslinuxOptions options) {
    Tool.of("syslinux", "--install", "--force")
        .args(new ToolOptions().value("--directory ", options.directory()).arguments())
        .args(device.name())
        .run();
  }

  @Override
  public void grubInstall(GuestPath root, Device device) {
    throw new CallException(Errno.ENOTSUP, "grub-install: this appliance has no GRUB");
  }
}
