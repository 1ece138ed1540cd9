package io.guestfs.daemon.device;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.FileStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Between the names by which users know devices, {@code /dev/sda1} whatever kind of disk it is, and
 * those of the kernel. Disks come and go, so it looks at them each time.
 */
public final class DeviceNames implements Roles {
  private static final String FOLDER = "/dev/";

  /** Not {@code .}, {@code ..} or a folder below another one. */
  private static final Pattern VOLUME_GROUP = Pattern.compile("/dev/[a-zA-Z0-9_+][a-zA-Z0-9_+.-]*");

  private final Disks disks;

  public DeviceNames(Disks disks) {
    this.disks = disks;
  }

  @Override
  public Device device(String name) {
    if (!Device.isDevice(name) && FileStatus.of(name) == null) {
      throw none(name);
    }
    Device device = translate(new Device(name));
    FileStatus status = disks.isNone() ? null : FileStatus.of(device.name());
    if (status == null || disks.isOwn(status.rdev())) {
      throw none(name);
    }
    if (!status.isBlockDevice() && !isVolumeGroup(device, status)) {
      throw new CallException(Errno.ENOTBLK, name + ": not a block device");
    }
    return device;
  }

  private static CallException none(String name) {
    return new CallException(Errno.ENOENT, name + ": there is no such device");
  }

  /** The folder of a volume group stands for all its volumes, where that makes sense. */
  private static boolean isVolumeGroup(Device device, FileStatus status) {
    return status.isDirectory() && VOLUME_GROUP.matcher(device.name()).matches();
  }

  /**
   * A mountable. Where the device of a subvolume ends is for the devices to tell: {@code
   * btrfsvol:/dev/VG/LV/home} is of {@code /dev/VG/LV}.
   */
  @Override
  public Mountable mountable(String name) {
    if (!Mountable.isMountable(name)) {
      return new Mountable(device(name));
    }
    Mountable lexical = Mountable.parse(name);
    String subvolume = lexical.subvolume();
    if (subvolume == null) {
      return new Mountable(device(name));
    }
    String device = lexical.device().name();
    disks.activateVolumes();
    int slash = subvolume.indexOf('/');
    if (slash > 0 && isFolder(device)) {
      device += "/" + subvolume.substring(0, slash);
      subvolume = subvolume.substring(slash + 1);
    }
    return new Mountable(device(device), subvolume);
  }

  @Override
  public String name(Device device) {
    return diskName(device) == null ? device.name() : name(device, disks.scan());
  }

  @Override
  public List<String> deviceNames(List<Device> devices) {
    List<Disk> known = disks.scan();
    List<String> names = new ArrayList<>(devices.size());
    for (Device device : devices) {
      names.add(name(device, known));
    }
    return names;
  }

  private static String name(Device device, List<Disk> known) {
    DiskName name = diskName(device);
    if (name != null) {
      for (Disk disk : known) {
        if (disk.kernelName().equals(name.disk())) {
          return FOLDER + disk.name() + name.partition();
        }
      }
    }
    return device.name();
  }

  private Device translate(Device device) {
    DiskLabels.Labelled labelled = DiskLabels.parse(device.name().substring(FOLDER.length()));
    if (labelled != null) {
      return translate(device, labelled);
    }
    DiskName name = diskName(device);
    if (name == null) {
      // It may be a logical volume.
      disks.activateVolumes();
      return device;
    }
    for (Disk disk : disks.scan()) {
      if (disk.name().equals(name.disk())) {
        return new Device(FOLDER + disk.kernelName() + name.partition());
      }
    }
    return device;
  }

  private Device translate(Device device, DiskLabels.Labelled labelled) {
    DiskLabels labels = new DiskLabels(disks.folder());
    for (Disk disk : disks.scan()) {
      if (labelled.label().equals(labels.of(disk))) {
        return new Device(FOLDER + disk.kernelName() + labelled.partition());
      }
    }
    return device;
  }

  private static boolean isFolder(String path) {
    FileStatus status = FileStatus.of(path);
    return status != null && status.isDirectory();
  }

  private static @Nullable DiskName diskName(Device device) {
    return DiskName.parse(device.name().substring(FOLDER.length()));
  }
}
