package io.guestfs.daemon.filesystem;

import io.guestfs.calls.MkswapOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;

/** Makes swap areas. */
public final class SwapArea {
  private SwapArea() {}

  /** Makes one on a device that is not in use. */
  public static void make(Device device, MkswapOptions options) {
    String label = options.label();
    if (label != null) {
      FilesystemLabel.check("a swap area", label, FilesystemLabel.SWAP_MAX);
    }
    FreshDevice.claim(device);
    FreshDevice.wipe(device);
    ToolOptions given = new ToolOptions().value("-L ", label).value("-U ", options.uuid());
    Tool.of("mkswap", "-f").args(given.arguments()).args(device.name()).run();
  }

  /** Makes one in a file. */
  public static void make(Fd file) {
    Tool.of("mkswap", "-f", file.procPath()).run();
  }
}
