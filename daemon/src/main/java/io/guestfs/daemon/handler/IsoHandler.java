package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.ISOInfo;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.IsoCallsHandler;
import io.guestfs.daemon.filesystem.IsoDescriptor;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;

/** Serves the calls about ISO 9660 file systems. */
public final class IsoHandler implements IsoCallsHandler {
  private final GuestRoot root;

  public IsoHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public ISOInfo isoinfoDevice(Device device) {
    try (Fd volume = Fd.open(device.name(), O_RDONLY, 0)) {
      return info(IsoDescriptor.read(volume));
    }
  }

  @Override
  public ISOInfo isoinfo(GuestPath isofile) {
    try (Fd volume = root.openContent(isofile.name())) {
      return info(IsoDescriptor.read(volume));
    }
  }

  private static ISOInfo info(IsoDescriptor volume) {
    return new ISOInfo(
        volume.text(8, 32),
        volume.text(40, 32),
        volume.number(80),
        volume.shortNumber(120),
        volume.shortNumber(124),
        volume.shortNumber(128),
        volume.text(190, 128),
        volume.text(318, 128),
        volume.text(446, 128),
        volume.text(574, 128),
        volume.text(702, 37),
        volume.text(739, 37),
        volume.text(776, 37),
        volume.time(813),
        volume.time(830),
        volume.time(847),
        volume.time(864));
  }
}
