package io.guestfs.daemon.partition;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;

/** The program that reads and changes single properties of partition tables. */
public final class Sfdisk {
  private Sfdisk() {}

  /**
   * Reads a property of a disk.
   *
   * @param option the option of sfdisk that stands for it
   */
  public static String get(String option, Device disk) {
    return value(Tool.of("sfdisk", option, "--", disk.name()).run());
  }

  /** Changes a property of a disk. */
  public static void set(String option, Device disk, String value) {
    Tool.of("sfdisk", option, "--", disk.name(), value).run();
  }

  /** Reads a property of a partition. */
  public static String get(String option, Device disk, int partition) {
    return value(Tool.of("sfdisk", option, "--", disk.name(), number(partition)).run());
  }

  /** Changes a property of a partition. */
  public static void set(String option, Device disk, int partition, String value) {
    Tool.of("sfdisk", option, "--", disk.name(), number(partition), value).run();
  }

  /** The number of a partition as an argument; {@code EINVAL} when there cannot be such a one. */
  public static String number(int partition) {
    if (partition < 1) {
      throw new CallException(
          Errno.EINVAL, "partnum is " + partition + ": partitions are counted from 1");
    }
    return Integer.toString(partition);
  }

  private static String value(String output) {
    return output.endsWith("\n") ? output.substring(0, output.length() - 1) : output;
  }
}
