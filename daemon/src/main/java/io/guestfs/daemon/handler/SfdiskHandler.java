package io.guestfs.daemon.handler;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.SfdiskCallsHandler;
import io.guestfs.daemon.partition.Sfdisk;
import io.guestfs.daemon.partition.SfdiskLine;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.xdr.GuestString;
import java.util.List;

/** Serves the calls that speak to sfdisk. */
public final class SfdiskHandler implements SfdiskCallsHandler {
  @Override
  public void sfdisk(Device device, int cyls, int heads, int sectors, List<String> lines) {
    run(Tool.of("sfdisk", "--", device.name()), lines);
  }

  @Override
  public void sfdiskN(Device device, int partnum, int cyls, int heads, int sectors, String line) {
    run(Tool.of("sfdisk", "--partno", Sfdisk.number(partnum), "--", device.name()), List.of(line));
  }

  @Override
  public void sfdiskM(Device device, List<String> lines) {
    run(
        Tool.of("sfdisk", "--", device.name()),
        lines.stream().map(SfdiskLine::ofMegabytes).toList());
  }

  private static void run(Tool sfdisk, List<String> lines) {
    sfdisk.input(GuestString.encode(String.join("\n", lines) + "\n")).run();
  }

  @Override
  public String sfdiskL(Device device) {
    return Tool.of("sfdisk", "--list", "--", device.name()).run();
  }

  @Override
  public String sfdiskKernelGeometry(Device device) {
    return Tool.of("sfdisk", "--show-geometry", "--", device.name()).run();
  }

  @Override
  public String sfdiskDiskGeometry(Device device) {
    return sfdiskKernelGeometry(device);
  }
}
