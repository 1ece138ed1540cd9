package io.guestfs.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The states in which vectors start, as the commands that lead there. */
enum StartState {
  /** No mounts, no LVM; what is on the disks stays. */
  INIT_EMPTY,
  /** The same; the name promises less. */
  INIT_NONE,
  /** One MBR partition. */
  INIT_PARTITION("part_disk /dev/sda mbr"),
  /** One GPT partition. */
  INIT_GPT("part_disk /dev/sda gpt"),
  /** An empty file system on a partition. */
  INIT_BASIC_FS("part_disk /dev/sda mbr", "mkfs ext2 /dev/sda1", "mount /dev/sda1 /"),
  /** An empty file system on a logical volume. */
  INIT_BASIC_FS_ON_LVM(
      "part_disk /dev/sda mbr",
      "pvcreate /dev/sda1",
      "vgcreate VG /dev/sda1",
      "lvcreate LV VG 8",
      "mkfs ext2 /dev/VG/LV",
      "mount /dev/VG/LV /"),
  /** The test data. */
  INIT_ISO_FS("mount_ro /dev/sdd /"),
  /** A file system with the files of all vectors before. */
  INIT_SCRATCH_FS("mount /dev/sdb1 /");

  private static final List<String> RESET =
      List.of("blockdev_setrw /dev/sda", "umount_all", "lvm_remove_all");

  @SuppressWarnings("ImmutableEnumChecker") // what List.of gives is immutable
  private final List<String> steps;

  StartState(String... steps) {
    this.steps = List.of(steps);
  }

  /** The state of a vector, by its name there. */
  static StartState of(String name) {
    for (StartState state : values()) {
      if (state.name().replace("_", "").equalsIgnoreCase(name)) {
        return state;
      }
    }
    throw new IllegalArgumentException("there is no starting state " + name);
  }

  List<List<String>> commands() {
    return split(Stream.concat(RESET.stream(), steps.stream()));
  }

  /** What is done once after the launch. */
  static List<List<String>> preparation() {
    return split(Stream.of("part_disk /dev/sdb mbr", "mkfs ext2 /dev/sdb1"));
  }

  private static List<List<String>> split(Stream<String> commands) {
    return commands.map(command -> Arrays.asList(command.split(" "))).toList();
  }
}
