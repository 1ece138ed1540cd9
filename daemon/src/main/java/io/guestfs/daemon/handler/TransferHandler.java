package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_TRUNC;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;

import io.guestfs.calls.TarInOptions;
import io.guestfs.calls.TarOutOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.DeviceOrPath;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.calls.wire.Progress;
import io.guestfs.calls.wire.TransferCallsHandler;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;

/** Serves the calls that stream content in and out. */
public final class TransferHandler implements TransferCallsHandler {
  private final GuestRoot root;
  private final Tar tar;
  private final StreamedContent content = new StreamedContent();

  public TransferHandler(GuestRoot root) {
    this.root = root;
    this.tar = new Tar(root);
  }

  @Override
  public void upload(IncomingFile filename, DeviceOrPath remotefilename, Progress progress) {
    try (Fd target = open(remotefilename, O_WRONLY, O_CREAT | O_TRUNC)) {
      content.receive(filename, target, progress);
    }
  }

  @Override
  public void uploadOffset(
      IncomingFile filename, DeviceOrPath remotefilename, long offset, Progress progress) {
    Arguments.requireNotNegative("offset", offset);
    try (Fd target = open(remotefilename, O_WRONLY, O_CREAT)) {
      target.seek(offset);
      content.receive(filename, target, progress);
    }
  }

  @Override
  public void download(DeviceOrPath remotefilename, OutgoingFile file, Progress progress) {
    try (Fd source = openForDownload(remotefilename)) {
      long size =
          remotefilename instanceof Device
              ? new BlockDevice(source).size()
              : source.status().size();
      // Files of /proc say that they are empty, and are not.
      content.send(source, Long.MAX_VALUE, file, progress, size);
    }
  }

  @Override
  public void downloadOffset(
      DeviceOrPath remotefilename, long offset, long size, OutgoingFile file, Progress progress) {
    Arguments.requireNotNegative("offset", offset);
    Arguments.requireNotNegative("size", size);
    try (Fd source = openForDownload(remotefilename)) {
      source.seek(offset);
      content.send(source, size, file, progress, size);
    }
  }

  @Override
  public void base64In(IncomingFile base64file, GuestPath filename) {
    try (Fd target = open(filename, O_WRONLY, O_CREAT | O_TRUNC)) {
      Tool.of("base64", "--decode", "--ignore-garbage")
          .input(base64file)
          .output(target::writeFully)
          .run();
    }
  }

  @Override
  public void base64Out(GuestPath filename, OutgoingFile file) {
    try (Fd source = root.openContent(filename.name())) {
      Tool.of("base64").input(source).output(file).run();
    }
  }

  @Override
  public void tarIn(IncomingFile tarfile, GuestPath directory, TarInOptions options) {
    tar.unpack(tarfile, directory, options);
  }

  @Override
  public void tarOut(String directory, TarOutOptions options, OutgoingFile file) {
    tar.pack(new GuestPath(directory), options, file);
  }

  private Fd openForDownload(DeviceOrPath name) {
    return switch (name) {
      case Device device -> Fd.open(device.name(), O_RDONLY, 0);
      case GuestPath path -> root.openContent(path.name());
    };
  }

  /** Devices exist, so the flags that make or empty a file are not for them. */
  private Fd open(DeviceOrPath name, int access, int fileFlags) {
    return switch (name) {
      case Device device -> Fd.open(device.name(), access, 0);
      case GuestPath path -> root.open(path.name(), access | fileFlags, FileHandler.NEW_FILE);
    };
  }
}
