package io.guestfs.typed;

import io.guestfs.Guestfs;
import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.value.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls of a handle with devices, mountables, paths, sizes and formats that have types of their
 * own. They are named as the plain ones and do the same, and errors, cancelling and threads are
 * those of {@link Guestfs}; {@link #plain} has all other calls.
 *
 * <p>A size that a call cannot express is an {@link IllegalArgumentException} as error signal, and
 * nothing is rounded.
 */
public final class TypedGuestfs {

  private final Guestfs plain;

  private TypedGuestfs(Guestfs plain) {
    this.plain = plain;
  }

  /**
   * Calls on a handle, which stays the caller's to close.
   *
   * @param plain a launched handle
   * @return the same, typed
   */
  public static TypedGuestfs of(Guestfs plain) {
    return new TypedGuestfs(plain);
  }

  /** The handle that this one uses, which has all calls. */
  public Guestfs plain() {
    return plain;
  }

  /** The disks, in the order in which they were added. */
  public Flux<Device> listDevices() {
    return plain.listDevices().map(Device::new);
  }

  /** The partitions of all disks, by disk and number. */
  public Flux<Device> listPartitions() {
    return plain.listPartitions().map(Device::new);
  }

  /** The logical volumes of LVM. */
  public Flux<Device> lvs() {
    return plain.lvs().map(Device::new);
  }

  /** What can be mounted, and its type; that is text, since a disk can hold any. */
  public Mono<Map<Mountable, String>> listFilesystems() {
    return plain
        .listFilesystems()
        .flatMapIterable(Map::entrySet)
        .collectMap(
            entry -> Mountable.parse(entry.getKey()), Map.Entry::getValue, LinkedHashMap::new);
  }

  /** The size of a device. */
  public Mono<Size> size(Device device) {
    return plain.blockdevGetsize64(device.name()).map(Size::ofBytes);
  }

  /** The size of a file; a symbolic link is followed. */
  public Mono<Size> size(GuestPath file) {
    return plain.filesize(file.name()).map(Size::ofBytes);
  }

  /**
   * Makes a file longer, with zeroes that take no space, or shorter.
   *
   * @param file which
   * @param size its new size
   * @return completes when it has that size
   */
  public Mono<Void> truncate(GuestPath file, Size size) {
    return plain.truncateSize(file.name(), size.bytes());
  }

  /**
   * Mounts a file system for reading.
   *
   * @param device what to mount
   * @param mountpoint {@code /}, or a directory in what is mounted
   * @return completes when it is mounted
   */
  public Mono<Void> mountRo(Device device, GuestPath mountpoint) {
    return mountRo(new Mountable(device), mountpoint);
  }

  /** As {@link #mountRo(Device, GuestPath)}, of anything that can be mounted. */
  public Mono<Void> mountRo(Mountable mountable, GuestPath mountpoint) {
    return plain.mountRo(mountable.name(), mountpoint.name());
  }

  /**
   * Mounts a file system for reading and writing. What is written is cached, as on any machine, and
   * is on the disk after {@code sync}, {@code umount} or {@code close}.
   *
   * @param device what to mount
   * @param mountpoint {@code /}, or a directory in what is mounted
   * @return completes when it is mounted
   */
  public Mono<Void> mount(Device device, GuestPath mountpoint) {
    return mount(new Mountable(device), mountpoint);
  }

  /** As {@link #mount(Device, GuestPath)}, of anything that can be mounted. */
  public Mono<Void> mount(Mountable mountable, GuestPath mountpoint) {
    // Daemons of libguestfs before 1.13.16 add -o sync, which is slow, to a mount without options.
    return plain.mountOptions("", mountable.name(), mountpoint.name());
  }

  /**
   * Unmounts a file system.
   *
   * @param mountpoint where it is mounted
   * @return completes when all is written and it is unmounted
   */
  public Mono<Void> umount(GuestPath mountpoint) {
    return plain.umount(mountpoint.name());
  }

  /**
   * Makes a file system; what was on the device is lost.
   *
   * @param type which
   * @param device where
   * @param options as for the plain call
   * @return completes when it is made
   */
  public Mono<Void> mkfs(FilesystemType type, Device device, MkfsOptions options) {
    return plain.mkfs(type.plainName(), device.name(), options);
  }

  /** As {@link #mkfs(FilesystemType, Device, MkfsOptions)}, without options. */
  public Mono<Void> mkfs(FilesystemType type, Device device) {
    return mkfs(type, device, MkfsOptions.defaults());
  }

  /**
   * Makes a partition table with one partition over the whole disk; what was on it is lost.
   *
   * @param disk a whole disk
   * @param type the kind of table
   * @return completes when the partition is there
   */
  public Mono<Void> partDisk(Device disk, PartitionTableType type) {
    return plain.partDisk(disk.name(), type.plainName());
  }

  /**
   * Makes an empty partition table; the partitions that were there are lost.
   *
   * @param disk a whole disk
   * @param type the kind of table
   * @return completes when it is made
   */
  public Mono<Void> partInit(Device disk, PartitionTableType type) {
    return plain.partInit(disk.name(), type.plainName());
  }

  /**
   * Adds a primary partition.
   *
   * @param disk a whole disk
   * @param start where it begins, in whole sectors; 1 MiB suits all disks as the first
   * @param size how long it is, in whole sectors
   * @return completes when it is there
   */
  public Mono<Void> partAdd(Device disk, Size start, Size size) {
    return plain
        .blockdevGetss(disk.name())
        .map(Size::ofBytes)
        .flatMap(
            sector -> {
              long first = start.in(sector);
              return plain.partAdd(disk.name(), "p", first, first + size.in(sector) - 1);
            });
  }

  /**
   * Makes a device a physical volume of LVM; what was on it is lost.
   *
   * @param device a disk or partition
   * @return completes when it is one
   */
  public Mono<Void> pvcreate(Device device) {
    return plain.pvcreate(device.name());
  }

  /**
   * Makes a volume group.
   *
   * @param volgroup its name
   * @param physvols of what
   * @return completes when it is made
   */
  public Mono<Void> vgcreate(String volgroup, List<Device> physvols) {
    return plain.vgcreate(volgroup, physvols.stream().map(Device::name).toList());
  }

  /**
   * Makes a logical volume.
   *
   * @param logvol its name
   * @param volgroup the group that it is made in
   * @param size in whole MiB; LVM rounds it up to whole extents, of 4 MiB unless set otherwise
   * @return the device of the volume
   */
  public Mono<Device> lvcreate(String logvol, String volgroup, Size size) {
    return Mono.defer(() -> plain.lvcreate(logvol, volgroup, size.mebibytes()))
        .then(Mono.fromSupplier(() -> new Device("/dev/" + volgroup + "/" + logvol)));
  }

  /**
   * Makes a logical volume larger or smaller. The file system on it is not changed: make it smaller
   * before, or larger afterwards; what lies behind a new end is lost.
   *
   * @param volume the device of the volume
   * @param size its new size, as for {@link #lvcreate}
   * @return completes when it has that size
   */
  public Mono<Void> lvresize(Device volume, Size size) {
    return Mono.defer(() -> plain.lvresize(volume.name(), size.mebibytes()));
  }
}
