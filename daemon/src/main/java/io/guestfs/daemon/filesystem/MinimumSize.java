package io.guestfs.daemon.filesystem;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.mount.Mounts;
import io.guestfs.daemon.mount.TemporaryMount;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How small file systems could be made with what is in them. */
public final class MinimumSize {
  private static final Pattern EXT = Pattern.compile("minimum size of the filesystem: (\\d+)");
  private static final Pattern NTFS = Pattern.compile("You might resize at (\\d+) bytes");
  private static final Pattern NTFS_FULL = Pattern.compile("Volume is full");
  private static final Pattern NTFS_SIZE = Pattern.compile("Current volume size *: (\\d+) bytes");
  private static final Pattern BTRFS = Pattern.compile("^(\\d+) bytes");

  private final Mounts mounts;

  public MinimumSize(Mounts mounts) {
    this.mounts = mounts;
  }

  /** In bytes. */
  public long of(Device device) {
    String type = Blkid.type(device);
    return switch (type) {
      case "ext2", "ext3", "ext4" -> ext(device);
      case "ntfs" -> ntfs(device);
      case "btrfs" -> btrfs(device);
      // It cannot become smaller than it is.
      case "xfs" -> XfsGeometry.of(device, mounts).sizeBytes();
      default -> throw FilesystemLabel.unsupported("the smallest size", device, type);
    };
  }

  private static long ext(Device device) {
    long blocks = find(EXT, "resize2fs", Tool.of("resize2fs", "-P", device.name()).run());
    return blocks * ExtSuperblock.of(device).blockSize();
  }

  private static long ntfs(Device device) {
    ToolResult result = Tool.of("ntfsresize", "--info", "-f", "-f", device.name()).attempt();
    String output = result.output();
    if (result.status().isSuccess()) {
      return find(NTFS, "ntfsresize", output);
    }
    if (NTFS_FULL.matcher(output + result.errors()).find()) {
      return find(NTFS_SIZE, "ntfsresize", output);
    }
    throw result.failure();
  }

  private long btrfs(Device device) {
    String place = mounts.place(device);
    if (place != null) {
      return btrfs(place);
    }
    try (TemporaryMount mount = BtrfsSubvolumes.mountTop(device)) {
      return btrfs(mount.path());
    }
  }

  private static long btrfs(String place) {
    Tool btrfs = Tool.of("btrfs", "inspect-internal", "min-dev-size", place);
    return find(BTRFS, "btrfs", btrfs.run());
  }

  private static long find(Pattern pattern, String program, String output) {
    Matcher found = pattern.matcher(output);
    if (!found.find()) {
      throw new CallException(program + ": its output is not understood: " + output.strip());
    }
    return Long.parseLong(found.group(1));
  }
}
