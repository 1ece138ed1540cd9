package io.guestfs.daemon.device;

import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import java.util.List;

/**
 * The disk that a machine has as long as it has none of anybody's. It is empty, until the first
 * drive takes its place below it. To look at a disk again takes the kernel a fraction of what it
 * takes to get to know one.
 */
final class Placeholder {
  /** Behind the targets of all disks that can be plugged in. */
  static final int TARGET = 255;

  /** Which of the disks it becomes. */
  static final int INDEX = 0;

  private static final String SCSI_DEVICE = "/sys/bus/scsi/devices/0:0:" + TARGET + ":0/";
  private static final String SCAN = "/sys/class/scsi_host/host0/scan";

  private final String device;

  private Placeholder(String device) {
    this.device = device;
  }

  /** It is there from the boot on. */
  static Placeholder find() {
    List<String> names = Sysfs.entries(SCSI_DEVICE + "block");
    return new Placeholder("/dev/" + names.get(0));
  }

  /**
   * Has the kernel find out what the disk is now, and which partitions it has: to read them again,
   * its driver for SCSI disks asks for everything else again, too. One that cannot be read has
   * none, as when it is plugged in.
   */
  void lookAgain() {
    try (Fd disk = Fd.open(device, OpenFlags.O_RDONLY, 0)) {
      new BlockDevice(disk).rereadPartitions();
    } catch (CallException e) {
      Diagnostics.print("no partitions can be read: " + e.getMessage());
    }
  }

  /** Has the kernel forget it. */
  static void unplug() {
    Sysfs.write(SCSI_DEVICE + "delete", "1");
  }

  /** Has the kernel look for it. */
  static void plug() {
    Sysfs.write(SCAN, "0 " + TARGET + " 0");
  }
}
