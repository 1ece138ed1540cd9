package io.guestfs.daemon.handler;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.NodeCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.FileType;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;

/** Serves the calls that make named pipes and device nodes. */
public final class NodeHandler implements NodeCallsHandler {
  private static final int PERMISSIONS_MAX = 07777;
  private static final int MODE_MAX = 0177777;

  /** What fits into the 32 bits in which the kernel takes a device number. */
  private static final int MAJOR_MAX = 0xfff;

  private static final int MINOR_MAX = 0xfffff;

  private final GuestRoot root;

  public NodeHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void mkfifo(int mode, GuestPath path) {
    make(FileType.FIFO, mode, 0, 0, path);
  }

  @Override
  public void mknod(int mode, int devmajor, int devminor, GuestPath path) {
    make(mode, MODE_MAX, 0, devmajor, devminor, path);
  }

  @Override
  public void mknodB(int mode, int devmajor, int devminor, GuestPath path) {
    make(FileType.BLOCK, mode, devmajor, devminor, path);
  }

  @Override
  public void mknodC(int mode, int devmajor, int devminor, GuestPath path) {
    make(FileType.CHARACTER, mode, devmajor, devminor, path);
  }

  private void make(FileType type, int mode, int major, int minor, GuestPath path) {
    make(mode, PERMISSIONS_MAX, type.mode(), major, minor, path);
  }

  private void make(int mode, int modeMax, int type, int major, int minor, GuestPath path) {
    if (mode < 0 || mode > modeMax) {
      throw new CallException(
          Errno.EINVAL, String.format("mode 0%o is not from 0 to 0%o", mode, modeMax));
    }
    if (major < 0 || major > MAJOR_MAX || minor < 0 || minor > MINOR_MAX) {
      throw new CallException(
          Errno.EINVAL,
          "device %d:%d is not from 0:0 to %d:%d".formatted(major, minor, MAJOR_MAX, MINOR_MAX));
    }
    try (Entry entry = root.findEntry(path.name())) {
      long device = FileStatus.deviceNumber(major, minor);
      entry.directory().mknod(entry.name(), mode | type, device);
    }
  }
}
