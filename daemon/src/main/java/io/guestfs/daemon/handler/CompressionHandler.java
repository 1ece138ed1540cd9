package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.CompressDeviceOutOptions;
import io.guestfs.calls.CompressOutOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.CompressionCallsHandler;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;

/** Serves the calls that compress content on its way out. */
public final class CompressionHandler implements CompressionCallsHandler {
  private final GuestRoot root;

  public CompressionHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void compressOut(
      String ctype, GuestPath file, CompressOutOptions options, OutgoingFile outgoing) {
    Tool compressor = Compression.of(ctype).compressor(options.level());
    try (Fd source = root.openContent(file.name())) {
      compressor.input(source).output(outgoing).run();
    }
  }

  @Override
  public void compressDeviceOut(
      String ctype, Device device, CompressDeviceOutOptions options, OutgoingFile file) {
    Tool compressor = Compression.of(ctype).compressor(options.level());
    try (Fd source = Fd.open(device.name(), O_RDONLY, 0)) {
      compressor.input(source).output(file).run();
    }
  }
}
