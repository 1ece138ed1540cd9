package io.guestfs.daemon.device;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.linux.FileStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The devices that the kernel makes of others at this moment: RAID arrays, logical volumes, and
 * what else the device mapper maps, such as opened encrypted volumes.
 */
public final class LayeredDevices {
  private static final Pattern ARRAY = Pattern.compile("md\\d+");
  private static final String MAPPED_PREFIX = "dm-";

  /**
   * The UUIDs of a volume group and of a logical volume in it. A part of a volume that is of no use
   * by itself, such as the store of a snapshot, has more behind.
   */
  private static final Pattern LOGICAL_VOLUME = Pattern.compile("LVM-\\w{64}");

  private static final String LVM_PREFIX = "LVM-";

  private final Disks disks;

  /** Those that are made of these disks, among others. */
  public LayeredDevices(Disks disks) {
    this.disks = disks;
  }

  /** RAID arrays, as {@code /dev/md0}. */
  public List<Device> arrays() {
    List<Device> arrays = new ArrayList<>();
    for (String name : entries("")) {
      // One that was not started has no sectors.
      if (ARRAY.matcher(name).matches() && !attribute(name, "size").equals("0")) {
        arrays.add(new Device("/dev/" + name));
      }
    }
    return sorted(arrays);
  }

  /** The partitions of RAID arrays, as {@code /dev/md0p1}. */
  public List<Device> arrayPartitions() {
    List<Device> partitions = new ArrayList<>();
    for (Device array : arrays()) {
      String name = array.name().substring("/dev/".length());
      for (String entry : entries("/" + name)) {
        if (entry.startsWith(name)) {
          partitions.add(new Device("/dev/" + entry));
        }
      }
    }
    return sorted(partitions);
  }

  /** Logical volumes, as {@code /dev/VG/LV}. */
  public List<Device> logicalVolumes() {
    List<Device> volumes = new ArrayList<>();
    for (String name : mapped()) {
      if (LOGICAL_VOLUME.matcher(attribute(name, "dm/uuid")).matches()) {
        volumes.add(MapperName.canonical(mapper(name)));
      }
    }
    return sorted(volumes);
  }

  /** The logical volume that a device is, as {@code /dev/VG/LV}; null when it is none. */
  public @Nullable Device logicalVolume(String device) {
    FileStatus status = FileStatus.of(device);
    if (status == null || !status.isBlockDevice()) {
      return null;
    }
    for (String name : mapped()) {
      if (disks.deviceNumber(name) == status.rdev()) {
        boolean volume = LOGICAL_VOLUME.matcher(attribute(name, "dm/uuid")).matches();
        return volume ? MapperName.canonical(mapper(name)) : null;
      }
    }
    return null;
  }

  /** What the device mapper maps beside the volumes of LVM, as {@code /dev/mapper/NAME}. */
  public List<Device> others() {
    List<Device> others = new ArrayList<>();
    for (String name : mapped()) {
      if (!attribute(name, "dm/uuid").startsWith(LVM_PREFIX)) {
        others.add(mapper(name));
      }
    }
    return sorted(others);
  }

  private Device mapper(String name) {
    return new Device("/dev/mapper/" + attribute(name, "dm/name"));
  }

  private List<String> mapped() {
    List<String> mapped = new ArrayList<>();
    for (String name : entries("")) {
      if (name.startsWith(MAPPED_PREFIX)) {
        mapped.add(name);
      }
    }
    return mapped;
  }

  private List<String> entries(String below) {
    return disks.isNone() ? List.of() : Sysfs.entries(disks.folder() + below);
  }

  private String attribute(String name, String attribute) {
    return Sysfs.read(disks.folder() + "/" + name + "/" + attribute);
  }

  private static List<Device> sorted(List<Device> devices) {
    devices.sort(Comparator.comparing(Device::name));
    return devices;
  }
}
