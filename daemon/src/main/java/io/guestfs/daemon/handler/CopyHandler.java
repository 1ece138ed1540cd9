package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;

import io.guestfs.calls.CopyDeviceToDeviceOptions;
import io.guestfs.calls.CopyDeviceToFileOptions;
import io.guestfs.calls.CopyFileToDeviceOptions;
import io.guestfs.calls.CopyFileToFileOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.DeviceOrPath;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.CopyCallsHandler;
import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.content.ContentCopy;
import io.guestfs.daemon.content.CopyRange;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import org.jspecify.annotations.Nullable;

/** Serves the calls that copy content from and to devices and files. */
public final class CopyHandler implements CopyCallsHandler {
  private static final Progress NOT_REPORTED = (position, total) -> {};

  private final GuestRoot root;
  private final ContentCopy copy = new ContentCopy();

  public CopyHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void copyDeviceToDevice(
      Device src, Device dest, CopyDeviceToDeviceOptions options, Progress progress) {
    copy(
        src,
        dest,
        CopyRange.of(options.srcoffset(), options.destoffset(), options.size(), options.sparse()),
        progress);
  }

  @Override
  public void copyDeviceToFile(
      Device src, GuestPath dest, CopyDeviceToFileOptions options, Progress progress) {
    CopyRange range =
        CopyRange.of(options.srcoffset(), options.destoffset(), options.size(), options.sparse());
    copyToFile(src, dest, range, options.append(), progress);
  }

  @Override
  public void copyFileToDevice(
      GuestPath src, Device dest, CopyFileToDeviceOptions options, Progress progress) {
    copy(
        src,
        dest,
        CopyRange.of(options.srcoffset(), options.destoffset(), options.size(), options.sparse()),
        progress);
  }

  @Override
  public void copyFileToFile(
      GuestPath src, GuestPath dest, CopyFileToFileOptions options, Progress progress) {
    CopyRange range =
        CopyRange.of(options.srcoffset(), options.destoffset(), options.size(), options.sparse());
    copyToFile(src, dest, range, options.append(), progress);
  }

  @Override
  public void copySize(DeviceOrPath src, DeviceOrPath dest, long size, Progress progress) {
    copy(src, dest, CopyRange.first(size), progress);
  }

  @Override
  public void dd(DeviceOrPath src, DeviceOrPath dest) {
    try (Fd source = openSource(src);
        Fd destination = openDestination(dest)) {
      if (dest instanceof GuestPath) {
        if (source.status().isSameFile(destination.status())) {
          throw new CallException(Errno.EINVAL, src + " and " + dest + " are the same file");
        }
        destination.truncate(0);
      }
      copy.copy(source, destination, CopyRange.ALL, NOT_REPORTED);
    }
  }

  private void copy(DeviceOrPath src, DeviceOrPath dest, CopyRange range, Progress progress) {
    try (Fd source = openSource(src);
        Fd destination = openDestination(dest)) {
      copy.copy(source, destination, range, progress);
    }
  }

  private void copyToFile(
      DeviceOrPath src,
      GuestPath dest,
      CopyRange range,
      @Nullable Boolean append,
      Progress progress) {
    try (Fd source = openSource(src);
        Fd destination = openDestination(dest)) {
      if (Boolean.TRUE.equals(append)) {
        copy.append(source, destination, range, progress);
      } else {
        copy.copy(source, destination, range, progress);
      }
    }
  }

  private Fd openSource(DeviceOrPath name) {
    return switch (name) {
      case Device device -> Fd.open(device.name(), O_RDONLY, 0);
      case GuestPath path -> root.openContent(path.name());
    };
  }

  private Fd openDestination(DeviceOrPath name) {
    return switch (name) {
      case Device device -> Fd.open(device.name(), O_WRONLY, 0);
      case GuestPath path -> root.open(path.name(), O_WRONLY | O_CREAT, FileHandler.NEW_FILE);
    };
  }
}
