package io.guestfs.daemon.filesystem;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.Mountable;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.device.LayeredDevices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks for file systems on all devices that can hold one. */
public final class FilesystemScan {
  private static final String UNKNOWN = "unknown";

  /** Of which a device is only a member: RAID, LVM and the like. */
  private static final String MEMBER_SUFFIX = "_member";

  private static final Set<String> ENCRYPTED = Set.of("crypto_LUKS", "BitLocker");

  private static final Map<String, Set<String>> PARTITIONS_WITHOUT_FILE_SYSTEM =
      Map.of(
          "dos",
          // Extended, with sectors numbered in either way.
          Set.of("0x5", "0xf"),
          "gpt",
          Set.of(
              // Metadata and data of Windows' dynamic disks
              "5808c8aa-7e8f-42e0-85d2-e1e90434cfb3",
              "af9b60a0-1431-4f62-bc68-3311714a69ad",
              // Reserved by Microsoft; snapshots of Windows
              "e3c9e316-0b5c-4db8-817d-f92df00215ae",
              "caddebf1-4400-4de8-b103-12117dcf3ccf"));

  private final Disks disks;
  private final LayeredDevices layers;

  public FilesystemScan(Disks disks, LayeredDevices layers) {
    this.disks = disks;
    this.layers = layers;
  }

  /**
   * The file systems and their types: those on disks, on what the device mapper maps, on
   * partitions, on RAID arrays and on logical volumes, in this order.
   */
  public Map<Mountable, String> run() {
    disks.activateVolumes();
    List<Device> candidates = candidates();
    Map<String, Map<String, String>> probed = Blkid.probe(candidates);
    Map<Mountable, String> found = new LinkedHashMap<>();
    for (Device device : candidates) {
      Map<String, String> tags = probed.getOrDefault(device.name(), Map.of());
      String type = tags.getOrDefault(Blkid.TYPE, UNKNOWN);
      if (canHoldFileSystem(tags) && !isContainer(type)) {
        add(found, device, type);
      }
    }
    return found;
  }

  private List<Device> candidates() {
    List<Device> partitions = new ArrayList<>(disks.partitions());
    partitions.addAll(layers.arrayPartitions());
    List<Device> candidates = new ArrayList<>();
    addUnpartitioned(candidates, disks.list(), partitions);
    candidates.addAll(layers.others());
    candidates.addAll(partitions);
    addUnpartitioned(candidates, layers.arrays(), partitions);
    candidates.addAll(layers.logicalVolumes());
    return candidates;
  }

  private static void addUnpartitioned(
      List<Device> candidates, List<Device> whole, List<Device> partitions) {
    for (Device device : whole) {
      Pattern partition = Pattern.compile(Pattern.quote(device.name()) + "p?\\d+");
      if (partitions.stream().noneMatch(each -> partition.matcher(each.name()).matches())) {
        candidates.add(device);
      }
    }
  }

  static boolean canHoldFileSystem(Map<String, String> tags) {
    String scheme = tags.getOrDefault(Blkid.PART_ENTRY_SCHEME, "");
    String type = tags.getOrDefault(Blkid.PART_ENTRY_TYPE, "");
    return !PARTITIONS_WITHOUT_FILE_SYSTEM.getOrDefault(scheme, Set.of()).contains(type);
  }

  private static boolean isContainer(String type) {
    return type.endsWith(MEMBER_SUFFIX) || ENCRYPTED.contains(type);
  }

  private static void add(Map<Mountable, String> found, Device device, String type) {
    found.put(new Mountable(device), type);
    if (type.equals(BtrfsSubvolumes.TYPE)) {
      for (String subvolume : BtrfsSubvolumes.besideDefault(device)) {
        found.put(new Mountable(device, subvolume), type);
      }
    }
  }
}
