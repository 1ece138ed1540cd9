package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Mountable;
import reactor.core.publisher.Mono;

/** Changing logical volumes of LVM. */
@CallFamily
public interface LogicalVolumeCalls {

  /**
   * Makes a logical volume {@code /dev/volgroup/logvol} that takes a share of what is free.
   *
   * @param percent of the free space of the group, 0 to 100
   */
  @Call(number = 312, name = "lvcreate_free", since = "1.17.18", group = "lvm2")
  Mono<Void> lvcreateFree(String logvol, String volgroup, int percent);

  /**
   * Removes a logical volume and what is on it.
   *
   * @param device {@code /dev/VG/LV}, or {@code /dev/VG} for all logical volumes of a group
   */
  @Call(number = 77, name = "lvremove", since = "1.0.13", group = "lvm2")
  Mono<Void> lvremove(@Device String device);

  /**
   * Renames a logical volume.
   *
   * @param logvol {@code /dev/VG/LV}
   * @param newlogvol in the same group, {@code /dev/VG/NEW}
   */
  @Call(number = 219, name = "lvrename", since = "1.0.83")
  Mono<Void> lvrename(String logvol, String newlogvol);

  /**
   * Makes a logical volume larger or smaller. The file system on it is not changed: make it smaller
   * before, or larger afterwards; what lies behind a new end is lost.
   *
   * @param mbytes its new size in megabytes of 2²⁰ bytes, rounded up to whole extents
   */
  @Call(number = 105, name = "lvresize", since = "1.0.27", group = "lvm2")
  Mono<Void> lvresize(@Device String device, int mbytes);

  /**
   * Makes a logical volume larger by a share of what is free in its group.
   *
   * @param percent of the free space, 0 to 100
   */
  @Call(number = 238, name = "lvresize_free", since = "1.3.3", group = "lvm2")
  Mono<Void> lvresizeFree(@Device String lv, int percent);

  /** The UUID of a logical volume, with its dashes. */
  @Call(number = 224, name = "lvuuid", since = "1.0.87")
  Mono<String> lvuuid(@Device String device);

  /** Whether something is a logical volume; a subvolume on one is not. */
  @Call(number = 264, name = "is_lv", since = "1.5.3")
  Mono<Boolean> isLv(@Mountable String mountable);

  /**
   * A logical volume as {@code /dev/VG/LV}, whichever of its names is given: {@code
   * /dev/mapper/VG-LV}, {@code /dev/dm-0}. {@code EINVAL} when it is no logical volume.
   */
  @Call(number = 277, name = "lvm_canonical_lv_name", since = "1.5.24")
  Mono<@Device String> lvmCanonicalLvName(String lvname);
}
