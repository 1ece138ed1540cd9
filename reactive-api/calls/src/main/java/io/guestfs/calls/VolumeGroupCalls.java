package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Changing volume groups of LVM. A group is given by its name, or as {@code /dev/NAME}. */
@CallFamily
public interface VolumeGroupCalls {

  /** Removes a volume group with its logical volumes and all that is on them. */
  @Call(number = 78, name = "vgremove", since = "1.0.13", group = "lvm2")
  Mono<Void> vgremove(String vgname);

  /** Renames a volume group; the devices of its logical volumes are renamed with it. */
  @Call(number = 220, name = "vgrename", since = "1.0.83")
  Mono<Void> vgrename(String volgroup, String newvolgroup);

  /**
   * Makes the logical volumes of all groups usable, or takes their devices away.
   *
   * @param activate false fails while one is in use
   */
  @Call(number = 103, name = "vg_activate_all", since = "1.0.26", group = "lvm2")
  Mono<Void> vgActivateAll(boolean activate);

  /**
   * Makes the logical volumes of some groups usable, or takes their devices away.
   *
   * @param activate false fails while one is in use
   * @param volgroups the groups; none stands for all
   */
  @Call(number = 104, name = "vg_activate", since = "1.0.26", group = "lvm2")
  Mono<Void> vgActivate(boolean activate, List<String> volgroups);

  /** The UUID of a volume group, with its dashes. */
  @Call(number = 223, name = "vguuid", since = "1.0.87")
  Mono<String> vguuid(String vgname);

  /** The UUIDs of the physical volumes of a group; compare with {@link LvmCalls#pvsFull}. */
  @Call(number = 225, name = "vgpvuuids", since = "1.0.87")
  Flux<String> vgpvuuids(String vgname);

  /** The UUIDs of the logical volumes of a group; compare with {@link LvmCalls#lvsFull}. */
  @Call(number = 226, name = "vglvuuids", since = "1.0.87")
  Flux<String> vglvuuids(String vgname);

  /** Gives a volume group a new UUID. */
  @Call(number = 340, name = "vgchange_uuid", since = "1.19.26", group = "lvm2")
  Mono<Void> vgchangeUuid(String vg);

  /** Gives all volume groups new UUIDs. */
  @Call(number = 341, name = "vgchange_uuid_all", since = "1.19.26", group = "lvm2")
  Mono<Void> vgchangeUuidAll();

  /** The metadata of a volume group as LVM writes them to a backup file, which is text. */
  @Call(number = 315, name = "vgmeta", since = "1.17.20", group = "lvm2")
  Mono<byte[]> vgmeta(String vgname);
}
