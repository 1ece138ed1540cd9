package io.guestfs.daemon.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The labels that drives were added with. qemu gives a disk its label as serial number, and users
 * know the disk and its partitions by it: {@code /dev/disk/guestfs/boot}, {@code
 * /dev/disk/guestfs/boot1}.
 */
final class DiskLabels {
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z]+");
  private static final Pattern NAME = Pattern.compile("disk/guestfs/([a-zA-Z]+)([0-9]*)");

  /** Of a page of vital product data (SPC), before the serial number. */
  private static final int PAGE_HEADER = 4;

  private final String folder;

  /** The labels of the disks in the kernel's {@code block} folder. */
  DiskLabels(String folder) {
    this.folder = folder;
  }

  /** The label of a disk; null when it has none. */
  @Nullable String of(Disk disk) {
    String attributes = folder + "/" + disk.kernelName();
    // Some kinds of disk have no such attribute, or no serial number.
    String page = Sysfs.readOrEmpty(attributes + "/device/vpd_pg80");
    String serial =
        page.length() > PAGE_HEADER
            ? page.substring(PAGE_HEADER)
            : Sysfs.readOrEmpty(attributes + "/serial");
    return LABEL.matcher(serial).matches() ? serial : null;
  }

  /** A name without {@code /dev/}, taken apart into label and partition; null if it is no such. */
  static @Nullable Labelled parse(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches() ? new Labelled(parts.group(1), parts.group(2)) : null;
  }

  /**
   * A disk or partition by the label of its disk.
   *
   * @param partition its number, empty for the whole disk
   */
  record Labelled(String label, String partition) {}
}
