package io.guestfs.daemon.device;

/**
 * A disk of the user.
 *
 * @param kernelName what the kernel calls it, without {@code /dev/}
 * @param name what users call it, without {@code /dev/}
 */
record Disk(String kernelName, String name) {
  private static final String VIRTIO = "virtio";
  private static final String SCSI_HOST = "host";

  /**
   * Names a disk as users know it.
   *
   * <p>On virtio-scsi, where each disk is a target of its own, the target's number tells which it
   * is: disks that are plugged in quickly get their letters from the kernel in any order. The one
   * that took the {@link Placeholder}'s place is the first. Elsewhere the kernel's letters count,
   * after {@code sd} whatever the kind.
   *
   * @param link where the disk's entry in {@code /sys/block} points to
   */
  static Disk of(String kernelName, String link) {
    int target = virtioTarget(link);
    if (target >= 0) {
      int index = target == Placeholder.TARGET ? Placeholder.INDEX : target;
      return new Disk(kernelName, DiskName.CANONICAL_PREFIX + DiskName.letters(index));
    }
    DiskName parsed = DiskName.parse(kernelName);
    String name =
        parsed == null ? kernelName : DiskName.CANONICAL_PREFIX + DiskName.letters(parsed.index());
    return new Disk(kernelName, name);
  }

  /** The target of {@code …/virtio1/host0/target0:0:3/0:0:3:0/block/sdd}, 3; else -1. */
  private static int virtioTarget(String link) {
    String[] parts = link.split("/", -1);
    for (int i = 1; i + 2 < parts.length; i++) {
      if (parts[i].startsWith(SCSI_HOST) && parts[i - 1].startsWith(VIRTIO)) {
        return target(parts[i + 2]);
      }
    }
    return -1;
  }

  /** The third number of host:channel:target:unit, of which the second and fourth must be 0. */
  private static int target(String address) {
    String[] numbers = address.split(":", -1);
    boolean whole = numbers.length == 4 && numbers[1].equals("0") && numbers[3].equals("0");
    return whole ? Integer.parseInt(numbers[2]) : -1;
  }
}
