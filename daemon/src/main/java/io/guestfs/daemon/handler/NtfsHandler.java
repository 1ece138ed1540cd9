package io.guestfs.daemon.handler;

import io.guestfs.calls.NtfsChmodOptions;
import io.guestfs.calls.NtfscloneOutOptions;
import io.guestfs.calls.NtfsfixOptions;
import io.guestfs.calls.NtfsresizeOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.NtfsCallsHandler;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.OutputTail;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;
import io.guestfs.daemon.tool.ToolResult;

/** Serves the calls about NTFS. */
public final class NtfsHandler implements NtfsCallsHandler {

  @Override
  public int ntfs3gProbe(boolean rw, Device device) {
    String access = rw ? "--readwrite" : "--readonly";
    ToolResult result = Tool.of("ntfs-3g.probe", access, device.name()).attempt();
    if (result.status().isSignalled()) {
      throw result.failure();
    }
    return result.status().code();
  }

  @Override
  public void ntfsChmod(Device device, int mode, String path, NtfsChmodOptions options) {
    Arguments.requireNotNegative("mode", mode);
    String checked = new GuestPath(path).name();
    Tool.of("ntfssecaudit")
        .args(new ToolOptions().flag("-r", options.recursive()).arguments())
        .args(device.name(), "0" + Integer.toOctalString(mode), checked)
        .output(new OutputTail())
        .run();
  }

  @Override
  public void ntfscatI(Mountable device, long inode, OutgoingFile file, Progress progress) {
    Arguments.requireNotNegative("inode", inode);
    Tool.of("ntfscat", "-i", Long.toString(inode), device.device().name())
        .output(file)
        .busy(progress)
        .run();
  }

  @Override
  public void ntfscloneIn(IncomingFile backupfile, Device device) {
    Tool.of("ntfsclone", "--restore-image", "--overwrite", device.name(), "-")
        .input(backupfile)
        .output(new OutputTail())
        .run();
  }

  @Override
  public void ntfscloneOut(Device device, NtfscloneOutOptions options, OutgoingFile file) {
    ToolOptions given =
        new ToolOptions()
            .flag("--metadata", options.metadataonly())
            .flag("--rescue", options.rescue())
            .flag("--ignore-fs-check", options.ignorefscheck())
            .flag("--preserve-timestamps", options.preservetimestamps())
            .flag("--force", options.force());
    Tool.of("ntfsclone", "--save-image", "--output", "-")
        .args(given.arguments())
        .args(device.name())
        .output(file)
        .run();
  }

  @Override
  public void ntfsfix(Device device, NtfsfixOptions options) {
    Tool.of("ntfsfix")
        .args(new ToolOptions().flag("-b", options.clearbadsectors()).arguments())
        .args(device.name())
        .run();
  }

  @Override
  public void ntfsresize(Device device, NtfsresizeOptions options) {
    Long size = options.size();
    if (size != null && size <= 0) {
      throw new CallException(Errno.EINVAL, "size " + size + " must be positive");
    }
    ToolOptions given = new ToolOptions().value("--size ", size).flag("--force", options.force());
    Tool.of("ntfsresize", "--no-progress-bar").args(given.arguments()).args(device.name()).run();
  }

  @Override
  public void ntfsresizeSize(Device device, long size) {
    ntfsresize(device, NtfsresizeOptions.defaults().size(size));
  }
}
