package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.Progress;
import io.guestfs.calls.wire.WipeCallsHandler;
import io.guestfs.daemon.content.Zeroing;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;

/** Serves the calls that write over what is there. */
public final class WipeHandler implements WipeCallsHandler {
  private final GuestRoot root;

  public WipeHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void scrubDevice(Device device) {
    Tool.of("scrub", device.name()).run();
  }

  @Override
  public void scrubFile(GuestPath file) {
    // Removing acts on a name, so it has to be that of the file, and not that of a link to it.
    String path = root.realPath(file.name());
    root.openContent(path).close();
    try (Entry entry = root.findEntry(path)) {
      Tool.of("scrub", "-r", "./" + entry.name()).in(entry.directory()).run();
    }
  }

  @Override
  public void scrubFreespace(GuestPath dir) {
    try (Entry entry = root.findEntry(dir.name())) {
      if (entry.directory().statusOrNull(entry.name()) != null) {
        throw CallException.failed(dir.name(), Errno.EEXIST);
      }
      Tool.of("scrub", "-X", "./" + entry.name()).in(entry.directory()).run();
    }
  }

  @Override
  public void zeroDevice(Device device, Progress progress) {
    try (Fd fd = Fd.open(device.name(), O_RDWR, 0)) {
      Zeroing.cover(fd, new BlockDevice(fd).size(), progress);
    }
  }

  @Override
  public void zeroFreeSpace(GuestPath directory, Progress progress) {
    try (Directory opened = root.openDirectory(directory.name())) {
      Zeroing.fill(opened, progress);
    }
  }
}
