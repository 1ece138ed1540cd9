package io.guestfs.daemon.filesystem;

import io.guestfs.calls.XfsAdminOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;
import io.guestfs.daemon.tool.ToolResult;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Changes the superblock of an xfs file system, with the programs that xfs_admin(8) would start: as
 * a script of the shell it takes a label for something to evaluate.
 */
public final class XfsAdmin {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final String NO_LABEL = "--";

  private final Device device;
  private final boolean image;

  private XfsAdmin(Device device, boolean image) {
    this.device = device;
    this.image = image;
  }

  /** Changes what is given. */
  public static void run(Device device, XfsAdminOptions options) {
    XfsAdmin admin = new XfsAdmin(device, Boolean.TRUE.equals(options.imgfile()));
    List<String> versions =
        new ToolOptions()
            .flag("extflg", options.extunwritten())
            .flag("log2", options.v2log())
            .flag("projid32bit", options.projid32bit())
            .arguments();
    versions.forEach(version -> admin.change("version", version, ""));
    if (options.label() != null) {
      admin.label(options.label());
    }
    if (options.uuid() != null) {
      admin.uuid(options.uuid());
    }
    if (options.lazycounter() != null) {
      String counters = "lazycount=" + (options.lazycounter() ? 1 : 0);
      Tool.of("xfs_repair", "-c", counters, device.name()).run();
    }
  }

  static void setLabel(Device device, String label) {
    new XfsAdmin(device, false).label(label);
  }

  static void setUuid(Device device, String uuid) {
    new XfsAdmin(device, false).uuid(uuid);
  }

  private void label(String label) {
    FilesystemLabel.check("xfs", label, MkfsSyntax.of("xfs").labelMax());
    change("label", label.isEmpty() ? NO_LABEL : label, "new label =");
  }

  private void uuid(String uuid) {
    change("uuid", uuid, "new UUID =");
  }

  /** The program ends well whatever happens; what it says tells whether it did something. */
  private void change(String command, String word, String success) {
    if (!WORD.matcher(word).matches()) {
      throw new CallException(
          Errno.EINVAL, command + " '" + word + "': xfs_db takes no white space in it");
    }
    ToolResult result =
        Tool.of("xfs_db", "-x", "-p", "xfs_admin")
            .args(new ToolOptions().flag("-f", image).arguments())
            .args("-c", command + " " + word, "--", device.name())
            .attempt();
    if (!result.status().isSuccess()) {
      throw result.failure();
    }
    if (!result.output().contains(success)) {
      throw new CallException("xfs_admin: " + (result.errors() + "\n" + result.output()).strip());
    }
  }
}
