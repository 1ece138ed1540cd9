package io.guestfs.daemon.filesystem;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.mount.TemporaryMount;
import io.guestfs.daemon.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The subvolumes of btrfs, which can be asked for only where it is mounted. */
final class BtrfsSubvolumes {
  static final String TYPE = "btrfs";

  private static final Pattern ROW = Pattern.compile("ID (\\d+) gen \\d+ top level \\d+ path (.+)");
  private static final Pattern DEFAULT = Pattern.compile("ID (\\d+) .*");

  /** The top, so that paths are whole; and not even the log is played back. */
  private static final String OPTIONS = "subvolid=5,rescue=nologreplay";

  private BtrfsSubvolumes() {}

  /**
   * The paths of all subvolumes but the one that is mounted when none is asked for. None when the
   * file system cannot be mounted, which whoever tries to mount it will be told.
   */
  static List<String> besideDefault(Device device) {
    try (TemporaryMount mount = mountTop(device)) {
      return list(mount.path());
    } catch (CallException e) {
      return List.of();
    }
  }

  /** Mounts the whole tree, for reading. */
  static TemporaryMount mountTop(Device device) {
    return TemporaryMount.readOnly(device, TYPE, OPTIONS);
  }

  private static List<String> list(String directory) {
    String subvolumes = Tool.of("btrfs", "subvolume", "list", directory).run();
    if (subvolumes.isEmpty()) {
      return List.of();
    }
    return parse(subvolumes, Tool.of("btrfs", "subvolume", "get-default", directory).run());
  }

  static List<String> parse(String subvolumes, String defaultSubvolume) {
    Matcher standard = DEFAULT.matcher(defaultSubvolume.strip());
    if (!standard.matches()) {
      throw new CallException("btrfs: its output is not understood: " + defaultSubvolume);
    }
    List<String> paths = new ArrayList<>();
    for (String line : subvolumes.split("\n", -1)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals(standard.group(1))) {
        paths.add(row.group(2));
      }
    }
    return paths;
  }
}
