package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** LVM: physical volumes, volume groups and logical volumes. */
@CallFamily
public interface LvmCalls {

  /** Makes a device a physical volume; what was on it is lost. */
  @Call(number = 39, name = "pvcreate", since = "0.0.8", group = "lvm2")
  Mono<Void> pvcreate(@Device String device);

  /** The devices that are physical volumes. */
  @Call(number = 9, name = "pvs", since = "0.0.4", group = "lvm2")
  Flux<@Device String> pvs();

  /** The physical volumes with all that is known of them. */
  @Call(number = 12, name = "pvs_full", since = "0.0.4", group = "lvm2")
  Flux<PV> pvsFull();

  /** Makes a volume group of physical volumes. */
  @Call(number = 40, name = "vgcreate", since = "0.0.8", group = "lvm2")
  Mono<Void> vgcreate(String volgroup, List<@Device String> physvols);

  /** The names of the volume groups. */
  @Call(number = 10, name = "vgs", since = "0.0.4", group = "lvm2")
  Flux<String> vgs();

  /** The volume groups with all that is known of them. */
  @Call(number = 13, name = "vgs_full", since = "0.0.4", group = "lvm2")
  Flux<VG> vgsFull();

  /**
   * Makes a logical volume {@code /dev/volgroup/logvol}.
   *
   * @param mbytes its size in megabytes of 2²⁰ bytes, rounded up to whole extents
   */
  @Call(number = 41, name = "lvcreate", since = "0.0.8", group = "lvm2")
  Mono<Void> lvcreate(String logvol, String volgroup, int mbytes);

  /** The devices that are logical volumes, as {@code /dev/VG/LV}. */
  @Call(number = 11, name = "lvs", since = "0.0.4", group = "lvm2")
  Flux<@Device String> lvs();

  /** The logical volumes with all that is known of them. */
  @Call(number = 14, name = "lvs_full", since = "0.0.4", group = "lvm2")
  Flux<LV> lvsFull();

  /**
   * Looks for physical volumes, volume groups and logical volumes on all devices. Those of disks
   * that were added are found without it; those on encrypted volumes and arrays are not.
   *
   * @param activate whether to make the logical volumes that were found usable
   */
  @Call(number = 506, name = "lvm_scan", since = "1.39.8")
  Mono<Void> lvmScan(boolean activate);

  /**
   * Looks for volume groups.
   *
   * @deprecated replaced by {@link #lvmScan}
   */
  @Deprecated
  @Call(number = 232, name = "vgscan", since = "1.3.2")
  Mono<Void> vgscan();

  /**
   * Lets LVM see some devices only, so that volume groups of the same name on others do not get in
   * the way. Logical volumes on other devices are made unusable; nothing on them may be in use.
   *
   * @param devices disks, which stand for their partitions as well, or partitions
   */
  @Call(number = 255, name = "lvm_set_filter", since = "1.5.1", group = "lvm2")
  Mono<Void> lvmSetFilter(List<@Device String> devices);

  /** Lets LVM see all devices again. */
  @Call(number = 256, name = "lvm_clear_filter", since = "1.5.1")
  Mono<Void> lvmClearFilter();

  /** Removes all logical volumes, volume groups and physical volumes, and what was on them. */
  @Call(number = 48, name = "lvm_remove_all", since = "0.0.8", group = "lvm2")
  Mono<Void> lvmRemoveAll();
}
