package io.guestfs.daemon.partition;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolResult;

/**
 * The program that reads and writes partition tables. It tells the kernel of every change, and the
 * kernel has made or removed the nodes of partitions when it ends.
 */
public final class Parted {
  private static final String NO_TABLE = "unrecognised disk label";

  private Parted() {}

  /** Reads the partition table of a disk. */
  public static PartitionTable read(Device disk) {
    ToolResult result =
        Tool.of("parted", "-m", "-s", "--", disk.name(), "unit", "b", "print").attempt();
    if (result.errors().contains(NO_TABLE)) {
      throw new CallException(Errno.EINVAL, disk.name() + ": there is no partition table");
    }
    if (!result.status().isSuccess()) {
      throw result.failure();
    }
    return PartitionTable.parse(result.output());
  }

  /** As {@link #change}, although what is on the disk may suffer: parted would ask first. */
  public static void changeUnasked(Device disk, String... commands) {
    // Not scripted, which says no to everything; and what is no terminal is not asked.
    Tool parted = Tool.of("parted", "---pretend-input-tty", "--", disk.name()).args(commands);
    ToolResult result = parted.input("Yes\n".getBytes(US_ASCII)).attempt();
    if (!result.status().isSuccess()) {
      throw result.failure();
    }
  }

  /** Changes the partition table of a disk. */
  public static void change(Device disk, String... commands) {
    Tool.of("parted", "-s", "--", disk.name()).args(commands).run();
  }
}
