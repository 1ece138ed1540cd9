package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;

import io.guestfs.calls.XFSInfo;
import io.guestfs.calls.XfsAdminOptions;
import io.guestfs.calls.XfsGrowfsOptions;
import io.guestfs.calls.XfsRepairOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.DeviceOrPath;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.Roles;
import io.guestfs.calls.wire.XfsCallsHandler;
import io.guestfs.daemon.filesystem.XfsAdmin;
import io.guestfs.daemon.filesystem.XfsGeometry;
import io.guestfs.daemon.filesystem.XfsRepair;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.mount.Mounts;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the calls about xfs. */
public final class XfsHandler implements XfsCallsHandler {
  private final GuestRoot root;
  private final Mounts mounts;
  private final Roles roles;

  public XfsHandler(GuestRoot root, Mounts mounts, Roles roles) {
    this.root = root;
    this.mounts = mounts;
    this.roles = roles;
  }

  @Override
  public void xfsAdmin(Device device, XfsAdminOptions options) {
    XfsAdmin.run(device, options);
  }

  @Override
  public void xfsGrowfs(GuestPath path, XfsGrowfsOptions options) {
    ToolOptions given =
        new ToolOptions()
            .flag("-d", options.datasec())
            .flag("-l", options.logsec())
            .flag("-r", options.rtsec())
            .number("-D ", "datasize", options.datasize())
            .number("-L ", "logsize", options.logsize())
            .number("-R ", "rtsize", options.rtsize())
            .number("-e ", "rtextsize", options.rtextsize())
            .number("-m ", "maxpct", options.maxpct());
    try (Fd place = root.find(path.name())) {
      Tool.of("xfs_growfs").args(given.arguments()).args("--", place.procPath()).run();
    }
  }

  @Override
  public XFSInfo xfsInfo(DeviceOrPath pathordevice) {
    return geometry(pathordevice).info();
  }

  @Override
  public Map<String, String> xfsInfo2(DeviceOrPath pathordevice) {
    return geometry(pathordevice).fields();
  }

  private XfsGeometry geometry(DeviceOrPath pathordevice) {
    return switch (pathordevice) {
      case Device device -> XfsGeometry.of(device, mounts);
      case GuestPath path -> XfsGeometry.of(path, mounts);
    };
  }

  @Override
  public int xfsRepair(DeviceOrPath device, XfsRepairOptions options) {
    String log = kernelName(options.logdev());
    String realtime = kernelName(options.rtdev());
    return switch (device) {
      case Device block -> XfsRepair.run(block.name(), false, options, log, realtime);
      case GuestPath path -> {
        try (Fd image = root.open(path.name(), O_RDWR, 0)) {
          yield XfsRepair.run(image.procPath(), true, options, log, realtime);
        }
      }
    };
  }

  private @Nullable String kernelName(@Nullable String device) {
    return device == null ? null : roles.device(device).name();
  }
}
