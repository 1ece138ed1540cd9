package io.guestfs.daemon.device;

import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import java.nio.ByteBuffer;
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

  private final String device;

  /** Open all the time: to walk there would be part of each launch. */
  private final Fd rescan = Fd.open(SCSI_DEVICE + "rescan", OpenFlags.O_WRONLY, 0);

  private Placeholder(String device) {
    this.device = device;
  }

  /** It has been there since the machine booted. */
  static Placeholder find() {
    List<String> names = Sysfs.entries(SCSI_DEVICE + "block");
    return new Placeholder("/dev/" + names.get(0));
  }

  /**
   * Has the kernel find out what the disk is now, and which partitions it has. One that cannot be
   * read has none, as when it is plugged in.
   */
  void lookAgain() {
    rescan.pwrite(ByteBuffer.allocateDirect(1).put((byte) '1').flip(), 0);
    try (Fd disk = Fd.open(device, OpenFlags.O_RDONLY, 0)) {
      new BlockDevice(disk).rereadPartitions();
    } catch (CallException e) {
      Diagnostics.print("no partitions can be read: " + e.getMessage());
    }
  }
}
