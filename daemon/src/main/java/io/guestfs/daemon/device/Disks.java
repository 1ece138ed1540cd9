package io.guestfs.daemon.device;

import static io.guestfs.daemon.linux.OpenFlags.O_DIRECTORY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.DirectoryReader;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The disks that the user has given, which the appliance's own is not one of. */
public final class Disks {
  private static final String CD_PREFIX = "sr";

  /** The kernel's {@code block} folder, or empty for no disks at all. */
  private final String folder;

  private final ApplianceDisk own;

  private final Map<String, Boolean> ownByName = new HashMap<>();

  /** Null where there are no volumes to be activated. */
  private final @Nullable VolumeActivation volumes;

  Disks(String folder, ApplianceDisk own) {
    this(folder, own, null);
  }

  private Disks(String folder, ApplianceDisk own, @Nullable VolumeActivation volumes) {
    this.folder = folder;
    this.own = own;
    this.volumes = volumes;
  }

  /** Those of the machine, which is the appliance. */
  public static Disks ofAppliance() {
    return new Disks("/sys/block", ApplianceDisk.find(), new VolumeActivation());
  }

  /** None, for a daemon that runs on a host, whose disks are not for it to touch. */
  public static Disks none() {
    return new Disks("", ApplianceDisk.NONE);
  }

  /** The whole disks by their kernel's names, in the order of the names that users see. */
  public List<Device> list() {
    List<Device> devices = new ArrayList<>();
    for (Disk disk : scan()) {
      devices.add(new Device("/dev/" + disk.kernelName()));
    }
    return devices;
  }

  /** The partitions of all disks by their kernel's names, disk after disk, in their order there. */
  public List<Device> partitions() {
    List<Device> devices = new ArrayList<>();
    for (Disk disk : scan()) {
      for (int number : partitionNumbers(disk.kernelName())) {
        devices.add(new Device("/dev/" + disk.kernelName() + number));
      }
    }
    return devices;
  }

  /**
   * The labels that drives were added with, and those of their partitions, each with its device.
   */
  public Map<String, Device> labels() {
    Map<String, Device> labels = new LinkedHashMap<>();
    DiskLabels known = new DiskLabels(folder);
    for (Disk disk : scan()) {
      String label = known.of(disk);
      if (label != null) {
        String device = "/dev/" + disk.kernelName();
        labels.put(label, new Device(device));
        for (int number : partitionNumbers(disk.kernelName())) {
          labels.put(label + number, new Device(device + number));
        }
      }
    }
    return labels;
  }

  /** Whether a device is a whole disk, which the kernel knows a piece of hardware for. */
  public boolean isWhole(Device device) {
    String name = device.name().substring("/dev/".length());
    return !isNone() && FileStatus.of(folder + "/" + name + "/device") != null;
  }

  /** Makes logical volumes usable that are on disks which are new. */
  public void activateVolumes() {
    if (volumes != null) {
      volumes.update();
    }
  }

  /** Fails where the daemon must not touch what is below disks: on a host. */
  public void require() {
    if (isNone()) {
      throw new CallException(Errno.ENOTSUP, "this daemon has no disks");
    }
  }

  /** The kernel's {@code block} folder. */
  String folder() {
    return folder;
  }

  /** Whether this is no place for disks. */
  boolean isNone() {
    return folder.isEmpty();
  }

  /** Whether a device number is the appliance's own. */
  boolean isOwn(long device) {
    return own.is(device);
  }

  /** All disks in the order of the names that users see. */
  List<Disk> scan() {
    List<Disk> disks = new ArrayList<>();
    if (isNone()) {
      return disks;
    }
    try (Directory block = new Directory(Fd.open(folder, O_RDONLY | O_DIRECTORY, 0))) {
      DirectoryReader entries = block.entries();
      while (entries.next()) {
        String kernelName = entries.name();
        if (isDisk(kernelName) && !isOwn(kernelName)) {
          disks.add(Disk.of(kernelName, block.readlink(kernelName)));
        }
      }
    }
    if (hasEqualNames(disks)) {
      useKernelNames(disks);
    }
    disks.sort(new DiskOrder());
    return disks;
  }

  /** Of a name this does not change: the appliance's own is there before all others. */
  private boolean isOwn(String kernelName) {
    Boolean known = ownByName.get(kernelName);
    if (known == null) {
      known = isOwn(deviceNumber(kernelName));
      ownByName.put(kernelName, known);
    }
    return known;
  }

  private boolean isDisk(String kernelName) {
    if (kernelName.startsWith(CD_PREFIX)) {
      // A drive without a disc has no sectors.
      return !attribute(kernelName, "size").equals("0");
    }
    DiskName name = DiskName.parse(kernelName);
    return name != null && name.partition().isEmpty();
  }

  /** The number of a device in the kernel's folder. */
  long deviceNumber(String kernelName) {
    String[] numbers = attribute(kernelName, "dev").split(":", 2);
    return FileStatus.deviceNumber(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
  }

  private List<Integer> partitionNumbers(String disk) {
    List<Integer> numbers = new ArrayList<>();
    for (String name : Sysfs.entries(folder + "/" + disk)) {
      if (name.startsWith(disk)) {
        numbers.add(Integer.parseInt(attribute(disk, name + "/partition")));
      }
    }
    Collections.sort(numbers);
    return numbers;
  }

  private String attribute(String kernelName, String name) {
    return Sysfs.read(folder + "/" + kernelName + "/" + name);
  }

  private static boolean hasEqualNames(List<Disk> disks) {
    Set<String> names = new HashSet<>();
    for (Disk disk : disks) {
      if (!names.add(disk.name())) {
        return true;
      }
    }
    return false;
  }

  /** Disks of several kinds have met; the kernel's names are at least unique. */
  private static void useKernelNames(List<Disk> disks) {
    for (int i = 0; i < disks.size(); i++) {
      String kernelName = disks.get(i).kernelName();
      disks.set(i, new Disk(kernelName, kernelName));
    }
  }
}
