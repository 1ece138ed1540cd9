package io.guestfs.daemon.lvm;

import io.guestfs.calls.LV;
import io.guestfs.calls.PV;
import io.guestfs.calls.VG;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.tool.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The programs of LVM. Without udev they make and remove the nodes in {@code /dev/VG} themselves,
 * before they end.
 */
public final class Lvm {
  private static final String PV_FIELDS =
      "pv_name,pv_uuid,pv_fmt,pv_size,dev_size,pv_free,pv_used,pv_attr,pv_pe_count,"
          + "pv_pe_alloc_count,pv_tags,pe_start,pv_mda_count,pv_mda_free";
  private static final String VG_FIELDS =
      "vg_name,vg_uuid,vg_fmt,vg_attr,vg_size,vg_free,vg_sysid,vg_extent_size,vg_extent_count,"
          + "vg_free_count,max_lv,max_pv,pv_count,lv_count,snap_count,vg_seqno,vg_tags,"
          + "vg_mda_count,vg_mda_free";
  private static final String LV_FIELDS =
      "lv_name,lv_uuid,lv_attr,lv_major,lv_minor,lv_kernel_major,lv_kernel_minor,lv_size,"
          + "seg_count,origin,snap_percent,copy_percent,move_pv,lv_tags,mirror_log,modules";

  /** Those that hold something for users: neither parts of others nor thin pools. */
  private static final String USABLE = "lv_role=public && lv_skip_activation!=yes";

  private static final String EVERYTHING = "";

  private final Disks disks;

  /** LVM on these disks. */
  public Lvm(Disks disks) {
    this.disks = disks;
  }

  /** Runs a command; what follows its options are names, whatever they look like. */
  public void run(List<String> commandAndOptions, List<String> names) {
    disks.require();
    Tool.of("lvm").args(commandAndOptions).args("--").args(names).run();
  }

  /** The values of a field, one for each row, of what has this name. */
  public List<String> values(String command, String field, String name) {
    disks.require();
    List<String> values = new ArrayList<>();
    String output = Tool.of("lvm", command, "-o", field, "--noheadings", "--", name).run();
    for (String line : output.lines().toList()) {
      if (!line.isBlank()) {
        values.add(line.strip());
      }
    }
    return values;
  }

  /** The value of a field of what has this name. */
  public String value(String command, String field, String name) {
    List<String> values = values(command, field, name);
    if (values.isEmpty()) {
      throw new CallException(name + ": lvm says nothing of it");
    }
    return values.get(0);
  }

  /** The metadata of a volume group, as in a backup file. */
  public byte[] metadata(String group) {
    try {
      Path file = Files.createTempFile("vg", "");
      try {
        run(List.of("vgcfgbackup", "--file", file.toString()), List.of(group));
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets LVM see these devices only. */
  public void setFilter(List<Device> devices) {
    deactivateAll();
    LvmFilter.set(devices);
    activateAll();
  }

  /** Lets LVM see all devices. */
  public void clearFilter() {
    deactivateAll();
    LvmFilter.clear();
    activateAll();
  }

  private void deactivateAll() {
    run(List.of("vgchange", "--activate", "n"), List.of());
  }

  /** Makes all logical volumes usable. */
  public void activateAll() {
    run(List.of("vgchange", "--activate", "y"), List.of());
  }

  /** Looks for everything, and makes nodes of volumes that lack one. */
  public void scan() {
    run(List.of("vgscan", "--mknodes"), List.of());
  }

  /** Removes all volume groups with their logical volumes, and then all physical volumes. */
  public void removeAll() {
    Set<String> groups = new TreeSet<>();
    List<String> devices = new ArrayList<>();
    for (LvmReport row : report("pvs", "pv_name,vg_name", EVERYTHING)) {
      String device = row.text();
      if (Device.isDevice(device)) {
        devices.add(device);
      }
      String group = row.text();
      if (!group.isEmpty()) {
        groups.add(group);
      }
    }
    if (!groups.isEmpty()) {
      run(List.of("vgremove", "--yes", "--force", "--force"), List.copyOf(groups));
    }
    if (!devices.isEmpty()) {
      run(List.of("pvremove", "--yes"), devices);
    }
  }

  /** The devices that are physical volumes, sorted by name. Those that are missing are left out. */
  public List<Device> physicalVolumeDevices() {
    List<Device> devices = new ArrayList<>();
    for (String name : names("pvs", "pv_name")) {
      if (Device.isDevice(name)) {
        devices.add(new Device(name));
      }
    }
    return devices;
  }

  /** The names of the volume groups, sorted. */
  public List<String> volumeGroupNames() {
    return names("vgs", "vg_name");
  }

  /** The devices that are logical volumes, sorted by name. */
  public List<Device> logicalVolumeDevices() {
    List<String> names = new ArrayList<>();
    for (LvmReport row : report("lvs", "vg_name,lv_name", USABLE)) {
      names.add("/dev/" + row.text() + "/" + row.text());
    }
    Collections.sort(names);
    return names.stream().map(Device::new).toList();
  }

  private List<String> names(String command, String field) {
    List<String> names = new ArrayList<>();
    for (LvmReport row : report(command, field, EVERYTHING)) {
      names.add(row.text());
    }
    Collections.sort(names);
    return names;
  }

  /**
   * All physical volumes.
   *
   * @param userName how users call a device; one that is missing keeps what LVM calls it
   */
  public List<PV> physicalVolumes(Function<Device, String> userName) {
    List<PV> volumes = new ArrayList<>();
    for (LvmReport row : report("pvs", PV_FIELDS, EVERYTHING)) {
      String name = row.text();
      volumes.add(
          physicalVolume(Device.isDevice(name) ? userName.apply(new Device(name)) : name, row));
    }
    return volumes;
  }

  /** All volume groups. */
  public List<VG> volumeGroups() {
    return report("vgs", VG_FIELDS, EVERYTHING).stream().map(Lvm::volumeGroup).toList();
  }

  /** All logical volumes. */
  public List<LV> logicalVolumes() {
    return report("lvs", LV_FIELDS, EVERYTHING).stream().map(Lvm::logicalVolume).toList();
  }

  private List<LvmReport> report(String command, String fields, String selection) {
    disks.require();
    return LvmReport.of(command, fields, selection);
  }

  private static PV physicalVolume(String name, LvmReport row) {
    return new PV(
        name,
        row.uuid(),
        row.text(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.text(),
        row.number(),
        row.number(),
        row.text(),
        row.number(),
        row.number(),
        row.number());
  }

  private static VG volumeGroup(LvmReport row) {
    return new VG(
        row.text(),
        row.uuid(),
        row.text(),
        row.text(),
        row.number(),
        row.number(),
        row.text(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.text(),
        row.number(),
        row.number());
  }

  private static LV logicalVolume(LvmReport row) {
    return new LV(
        row.text(),
        row.uuid(),
        row.text(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.text(),
        row.percent(),
        row.percent(),
        row.text(),
        row.text(),
        row.text(),
        row.text());
  }
}
