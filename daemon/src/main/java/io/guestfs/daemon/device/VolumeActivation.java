package io.guestfs.daemon.device;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.tool.Tool;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes logical volumes usable that came with a disk. Disks are plugged in at any time and nothing
 * tells of it, so whoever needs logical volumes asks; that costs next to nothing unless a disk is
 * new, and no program is run unless it has a physical volume.
 */
final class VolumeActivation {
  private static final String DISKS = "/sys/block";
  private static final String DISKS_AND_PARTITIONS = "/sys/class/block";

  /** A number that the kernel never gives a second disk. */
  private static final String SEQUENCE = "diskseq";

  private static final ByteBuffer LABEL = ByteBuffer.wrap("LABELONE".getBytes(US_ASCII));

  /** The label is at the start of one of the first sectors, which have this size on any disk. */
  private static final int LABEL_SECTORS = 4;

  private static final int SECTOR_SIZE = 512;

  private final ByteBuffer start = ByteBuffer.allocateDirect(LABEL_SECTORS * SECTOR_SIZE);
  private Set<String> disks = Set.of();

  /** Activates the volume groups on disks that are new since the last time. */
  void update() {
    Set<String> present = new HashSet<>();
    for (String disk : Sysfs.entries(DISKS)) {
      if (!isLogicalVolume(disk)) {
        present.add(sequence(disk));
      }
    }
    boolean isNew = !disks.containsAll(present);
    disks = present;
    if (isNew && hasPhysicalVolume()) {
      // What cannot be activated, for want of a disk, must not keep others from being used.
      Tool.of("lvm", "vgchange", "--activate", "ay", "--sysinit").attempt();
    }
  }

  /** Those come and go as users activate them; what they deactivated is to stay so. */
  private static boolean isLogicalVolume(String disk) {
    return attribute(disk, "dm/uuid").startsWith("LVM-");
  }

  /** The name instead of a disk that was unplugged, or where the kernel is older than 5.15. */
  private static String sequence(String disk) {
    String sequence = attribute(disk, SEQUENCE);
    return sequence.isEmpty() ? disk : sequence;
  }

  private static String attribute(String disk, String name) {
    return Sysfs.readOrEmpty(DISKS + "/" + disk + "/" + name);
  }

  private boolean hasPhysicalVolume() {
    for (String block : Sysfs.entries(DISKS_AND_PARTITIONS)) {
      if (isPhysicalVolume(block)) {
        return true;
      }
    }
    return false;
  }

  private boolean isPhysicalVolume(String block) {
    start.clear();
    try (Fd device = Fd.open("/dev/" + block, O_RDONLY, 0)) {
      if (device.pread(start, 0) < start.capacity()) {
        return false;
      }
    } catch (CallException e) {
      // A drive without a medium, for instance.
      return false;
    }
    return hasLabel(start.flip());
  }

  static boolean hasLabel(ByteBuffer sectors) {
    for (int sector = 0; sector < LABEL_SECTORS; sector++) {
      if (sectors.slice(sector * SECTOR_SIZE, LABEL.capacity()).equals(LABEL)) {
        return true;
      }
    }
    return false;
  }
}
