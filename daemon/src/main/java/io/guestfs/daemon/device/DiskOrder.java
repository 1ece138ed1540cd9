package io.guestfs.daemon.device;

import java.util.Comparator;

/** The order of the names that users see: sda, sdb … sdz, sdaa; others after them. */
final class DiskOrder implements Comparator<Disk> {
  @Override
  public int compare(Disk one, Disk other) {
    DiskName oneName = DiskName.parse(one.name());
    DiskName otherName = DiskName.parse(other.name());
    if (oneName == null || otherName == null) {
      int parsedFirst = Boolean.compare(oneName == null, otherName == null);
      return parsedFirst != 0 ? parsedFirst : one.name().compareTo(other.name());
    }
    int prefix = oneName.prefix().compareTo(otherName.prefix());
    return prefix != 0 ? prefix : Integer.compare(oneName.index(), otherName.index());
  }
}
