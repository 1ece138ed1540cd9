package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import reactor.core.publisher.Mono;

/** Changing physical volumes of LVM. */
@CallFamily
public interface PhysicalVolumeCalls {

  /** Makes a device no physical volume any more. An error while a volume group has it. */
  @Call(number = 79, name = "pvremove", since = "1.0.13", group = "lvm2")
  Mono<Void> pvremove(@Device String device);

  /** Makes a physical volume as large as its device, which has become larger or smaller. */
  @Call(number = 98, name = "pvresize", since = "1.0.26", group = "lvm2")
  Mono<Void> pvresize(@Device String device);

  /**
   * Makes a physical volume this large, however large its device is.
   *
   * @param size in bytes
   */
  @Call(number = 249, name = "pvresize_size", since = "1.3.14", group = "lvm2")
  Mono<Void> pvresizeSize(@Device String device, long size);

  /** The UUID of a physical volume, with its dashes. */
  @Call(number = 222, name = "pvuuid", since = "1.0.87")
  Mono<String> pvuuid(@Device String device);

  /** Gives a physical volume a new UUID. Its volume group must not be active. */
  @Call(number = 338, name = "pvchange_uuid", since = "1.19.26", group = "lvm2")
  Mono<Void> pvchangeUuid(@Device String device);

  /** Gives all physical volumes new UUIDs. No volume group may be active. */
  @Call(number = 339, name = "pvchange_uuid_all", since = "1.19.26", group = "lvm2")
  Mono<Void> pvchangeUuidAll();
}
