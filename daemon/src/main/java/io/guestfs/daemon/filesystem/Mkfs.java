package io.guestfs.daemon.filesystem;

import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;
import java.util.List;
import java.util.regex.Pattern;

/** Makes file systems. */
public final class Mkfs {
  /** Nothing else may become a part of a program's name. */
  private static final Pattern FSTYPE = Pattern.compile("[a-z0-9]+");

  private Mkfs() {}

  /** Makes a file system on a device that is not in use. */
  public static void run(String fstype, Device device, MkfsOptions options) {
    String program = "mkfs." + fstype;
    if (!FSTYPE.matcher(fstype).matches() || !Tool.isInstalled(program)) {
      throw new CallException(
          Errno.EINVAL, "'" + fstype + "': no file system of this type can be made here");
    }
    int sectorSize = FreshDevice.claim(device);
    List<String> arguments = MkfsSyntax.of(fstype).arguments(fstype, options, sectorSize);
    FreshDevice.wipe(device);
    Tool.of(program).args(arguments).args(device.name()).run();
  }
}
