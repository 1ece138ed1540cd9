package io.guestfs.daemon.device;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.tool.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes logical volumes usable that came with a disk. Disks are plugged in at any time and nothing
 * tells of it, so whoever needs logical volumes asks; that costs next to nothing unless a disk is
 * new, and no program is run unless it has a physical volume.
 */
final class VolumeActivation {
  private static final Path DISKS = Path.of("/sys/block");
  private static final Path DISKS_AND_PARTITIONS = Path.of("/sys/class/block");

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
    for (Path disk : entries(DISKS)) {
      if (!isLogicalVolume(disk)) {
        present.add(sequence(disk));
      }
    }
    boolean isNew = !disks.containsAll(present);
    disks = present;
    if (!isNew) {
      return;
    }
    if (entries(DISKS_AND_PARTITIONS).stream().anyMatch(this::isPhysicalVolume)) {
      // What cannot be activated, for want of a disk, must not keep others from being used.
      Tool.of("lvm", "vgchange", "--activate", "ay", "--sysinit").attempt();
    }
  }

  /** Those come and go as users activate them; what they deactivated is to stay so. */
  private static boolean isLogicalVolume(Path disk) {
    try {
      return Files.readString(disk.resolve("dm/uuid")).startsWith("LVM-");
    } catch (IOException e) {
      // The device mapper did not make it.
      return false;
    }
  }

  private boolean isPhysicalVolume(Path block) {
    start.clear();
    try (Fd device = Fd.open("/dev/" + block.getFileName(), O_RDONLY, 0)) {
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

  private static String sequence(Path disk) {
    try {
      return Files.readString(disk.resolve(SEQUENCE));
    } catch (IOException e) {
      // It was unplugged, or the kernel is older than 5.15.
      return disk.toString();
    }
  }

  private static List<Path> entries(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }
}
