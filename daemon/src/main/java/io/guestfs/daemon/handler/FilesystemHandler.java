package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.FstrimOptions;
import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.StatVFS;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.wire.FilesystemCallsHandler;
import io.guestfs.daemon.device.WrittenDevices;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.filesystem.Blkid;
import io.guestfs.daemon.filesystem.FilesystemLabel;
import io.guestfs.daemon.filesystem.FilesystemScan;
import io.guestfs.daemon.filesystem.FilesystemUuid;
import io.guestfs.daemon.filesystem.MinimumSize;
import io.guestfs.daemon.filesystem.Mkfs;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileSystemStatus;
import io.guestfs.daemon.linux.FreeSpace;
import io.guestfs.daemon.linux.Mounting;
import io.guestfs.daemon.mount.Mounts;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.OutputTail;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the calls about file systems. */
public final class FilesystemHandler implements FilesystemCallsHandler {
  private final GuestRoot root;
  private final WrittenDevices written;
  private final FilesystemScan scan;
  private final Mounts mounts;
  private final MinimumSize minimumSize;

  public FilesystemHandler(
      GuestRoot root, WrittenDevices written, FilesystemScan scan, Mounts mounts) {
    this.root = root;
    this.written = written;
    this.scan = scan;
    this.mounts = mounts;
    this.minimumSize = new MinimumSize(mounts);
  }

  @Override
  public Map<Mountable, String> listFilesystems() {
    return scan.run();
  }

  @Override
  public String vfsType(Mountable mountable) {
    return Blkid.type(mountable.device());
  }

  @Override
  public String vfsLabel(Mountable mountable) {
    return Blkid.label(mountable.device());
  }

  @Override
  public String vfsUuid(Mountable mountable) {
    return Blkid.uuid(mountable.device());
  }

  @Override
  public void mkfs(String fstype, Device device, MkfsOptions options) {
    Mkfs.run(fstype, device, options);
  }

  @Override
  public void mkfsB(String fstype, int blocksize, Device device) {
    mkfs(fstype, device, MkfsOptions.defaults().blocksize(blocksize));
  }

  @Override
  public void setLabel(Mountable mountable, String label) {
    FilesystemLabel.set(mountable.device(), label);
  }

  @Override
  public void setUuid(Device device, String uuid) {
    FilesystemUuid.set(device, uuid);
  }

  @Override
  public void setUuidRandom(Device device) {
    FilesystemUuid.setRandom(device);
  }

  @Override
  public long vfsMinimumSize(Mountable mountable) {
    return minimumSize.of(mountable.device());
  }

  @Override
  public int fsck(String fstype, Device device) {
    ToolResult result =
        Tool.of("fsck", "-a", "-t", fstype, device.name()).output(new OutputTail()).attempt();
    if (result.status().isSignalled()) {
      throw result.failure();
    }
    return result.status().code();
  }

  @Override
  public void fstrim(GuestPath mountpoint, FstrimOptions options) {
    long offset = given("offset", options.offset(), 0);
    long length = given("length", options.length(), Long.MAX_VALUE);
    long extent = given("minimumfreeextent", options.minimumfreeextent(), 0);
    try (Fd fd = root.open(mountpoint.name(), O_RDONLY, 0)) {
      // What was removed is free only when that is on the disk.
      fd.syncFileSystem();
      FreeSpace.trim(fd, offset, length, extent);
    }
  }

  private static long given(String name, @Nullable Long value, long otherwise) {
    Arguments.requireNotNegative(name, value);
    return value == null ? otherwise : value;
  }

  @Override
  public void f2fsExpand(Device device) {
    Tool.of("resize.f2fs", device.name()).run();
  }

  @Override
  public StatVFS statvfs(GuestPath path) {
    FileSystemStatus status;
    try (Fd fd = root.find(path.name())) {
      status = fd.fileSystemStatus();
    }
    return new StatVFS(
        status.blockSize(),
        status.fragmentSize(),
        status.blocks(),
        status.blocksFree(),
        status.blocksAvailable(),
        status.files(),
        status.filesFree(),
        // Linux sets no inodes aside for root.
        status.filesFree(),
        status.fileSystemId(),
        status.flags(),
        status.nameMax());
  }

  @Override
  public String df() {
    return runDf();
  }

  @Override
  public String dfH() {
    return runDf("-h");
  }

  private String runDf(String... arguments) {
    if (!root.isMounted()) {
      throw new CallException(Errno.EINVAL, "df: nothing is mounted yet");
    }
    return Tool.of("df", arguments).run();
  }

  /** Writes out what is cached, and makes the disks write out what they cache. */
  @Override
  public void sync() {
    Mounting.sync();
    written.sync();
    // Only now do all file systems know what could not be written.
    mounts.sync();
  }
}
