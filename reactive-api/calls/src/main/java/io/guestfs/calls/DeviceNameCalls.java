package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.annotation.Mountable;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Names of devices, and what they tell of each other. */
@CallFamily
public interface DeviceNameCalls {

  /**
   * A device by the name that other calls list it under: {@code /dev/sda1} for {@code /dev/vda1},
   * {@code /dev/hda1} or {@code /dev/xvda1}, {@code /dev/VG/LV} for {@code /dev/mapper/VG-LV} or
   * {@code /dev/dm-0}. Any other name comes back as it is; the device need not exist.
   */
  @LibraryCall(name = "canonical_device_name", since = "1.19.7")
  Mono<String> canonicalDeviceName(String device);

  /**
   * Which of the disks that were added a disk is, counted from 0, so the opposite of {@link
   * #deviceName}. {@code ENODEV} when it is none of them.
   */
  @LibraryCall(name = "device_index", since = "1.19.7")
  Mono<Integer> deviceIndex(@Device String device);

  /**
   * The name of a disk.
   *
   * @param index which of those that were added, from 0; {@code EINVAL} when there are not so many
   */
  @LibraryCall(name = "device_name", since = "1.49.1")
  Mono<String> deviceName(int index);

  /** The device of a mountable: {@code /dev/sda1} for {@code btrfsvol:/dev/sda1/home}. */
  @LibraryCall(name = "mountable_device", since = "1.33.15")
  Mono<@Device String> mountableDevice(@Mountable String mountable);

  /**
   * The subvolume of a mountable: {@code home} for {@code btrfsvol:/dev/sda1/home}. {@code EINVAL}
   * when it is a plain device.
   */
  @LibraryCall(name = "mountable_subvolume", since = "1.33.15")
  Mono<String> mountableSubvolume(@Mountable String mountable);

  /**
   * Whether a device is a whole disk: not a partition, not a logical volume, not an array and not
   * an opened encrypted volume.
   */
  @Call(number = 395, name = "is_whole_device", since = "1.21.9")
  Mono<Boolean> isWholeDevice(@Device String device);

  /**
   * The disk of a partition: {@code /dev/sda} for {@code /dev/sda1}. {@code EINVAL} when it is no
   * partition.
   */
  @Call(number = 272, name = "part_to_dev", since = "1.5.15")
  Mono<@Device String> partToDev(@Device String partition);

  /** The number of a partition: 1 for {@code /dev/sda1}. {@code EINVAL} when it is no partition. */
  @Call(number = 293, name = "part_to_partnum", since = "1.13.25")
  Mono<Integer> partToPartnum(@Device String partition);

  /**
   * The labels that drives were added with, and those of their partitions, each with its device:
   * {@code boot} with {@code /dev/sda}, {@code boot1} with {@code /dev/sda1}. With {@code
   * /dev/disk/guestfs/} in front they are names of devices.
   */
  @Call(number = 369, name = "list_disk_labels", since = "1.19.49")
  Mono<Map<String, @Device String>> listDiskLabels();

  /**
   * What the device mapper maps beside logical volumes, as {@code /dev/mapper/NAME}: opened
   * encrypted volumes, among others.
   */
  @Call(number = 287, name = "list_dm_devices", since = "1.11.15")
  Flux<@Device String> listDmDevices();
}
