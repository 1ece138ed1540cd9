package io.guestfs.daemon.filesystem;

import io.guestfs.calls.XfsRepairOptions;
import io.guestfs.daemon.tool.OutputTail;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;
import io.guestfs.daemon.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/** Repairs xfs file systems. */
public final class XfsRepair {
  private XfsRepair() {}

  /**
   * Returns the exit status.
   *
   * @param image whether the path is that of a file
   * @param logDevice by the name that the kernel has for it
   */
  public static int run(
      String path,
      boolean image,
      XfsRepairOptions options,
      @Nullable String logDevice,
      @Nullable String realtimeDevice) {
    ToolOptions given =
        new ToolOptions()
            .flag("-f", image)
            .flag("-L", options.forcelogzero())
            .flag("-n", options.nomodify())
            .flag("-P", options.noprefetch())
            .value("-o ", Boolean.TRUE.equals(options.forcegeometry()) ? "force_geometry" : null)
            .number("-m ", "maxmem", options.maxmem())
            .number("-o ihash=", "ihashsize", options.ihashsize())
            .number("-o bhash=", "bhashsize", options.bhashsize())
            .number("-o ag_stride=", "agstride", options.agstride())
            .value("-l ", logDevice)
            .value("-r ", realtimeDevice);
    ToolResult result =
        Tool.of("xfs_repair")
            .args(given.arguments())
            .args("--", path)
            .output(new OutputTail())
            .attempt();
    if (result.status().isSignalled()) {
      throw result.failure();
    }
    return result.status().code();
  }
}
