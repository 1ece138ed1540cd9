package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.DeviceContentCallsHandler;
import io.guestfs.daemon.content.Zeroes;
import io.guestfs.daemon.linux.Fd;

/** Serves the calls about the content of devices in one piece. */
public final class DeviceContentHandler implements DeviceContentCallsHandler {
  private final FileContent content = new FileContent();

  @Override
  public byte[] preadDevice(Device device, int count, long offset) {
    FileContent.requireReadable(count, offset);
    try (Fd fd = Fd.open(device.name(), O_RDONLY, 0)) {
      return content.read(fd, offset, count);
    }
  }

  @Override
  public int pwriteDevice(Device device, byte[] bytes, long offset) {
    FileContent.requireOffset(offset);
    try (Fd fd = Fd.open(device.name(), O_WRONLY, 0)) {
      return content.write(fd, bytes, offset);
    }
  }

  @Override
  public boolean isZeroDevice(Device device) {
    try (Fd fd = Fd.open(device.name(), O_RDONLY, 0)) {
      return Zeroes.isZeroDevice(fd);
    }
  }
}
