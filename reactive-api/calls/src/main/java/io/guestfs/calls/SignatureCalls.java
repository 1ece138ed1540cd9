package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Signatures by which one knows what is on a device: reading, searching, removing. */
@CallFamily
public interface SignatureCalls {

  /**
   * All that can be told of a device by its content and its place in a partition table, named as by
   * blkid(8): {@code TYPE}, {@code UUID}, {@code LABEL}, {@code USAGE}, {@code PART_ENTRY_UUID} and
   * so on.
   */
  @Call(number = 303, name = "blkid", since = "1.15.9")
  Mono<Map<String, String>> blkid(@Device String device);

  /**
   * The device with the file system of this label; one of them if there are several. An error when
   * there is none.
   */
  @Call(number = 266, name = "findfs_label", since = "1.5.3")
  Mono<@Device String> findfsLabel(String label);

  /** The device with the file system of this UUID. An error when there is none. */
  @Call(number = 265, name = "findfs_uuid", since = "1.5.3")
  Mono<@Device String> findfsUuid(String uuid);

  /** The partition with this name in a GPT. An error when there is none. */
  @Call(number = 515, name = "findfs_partlabel", since = "1.53.5")
  Mono<@Device String> findfsPartlabel(String label);

  /**
   * The partition with this UUID in a GPT, or in an MBR, where it is made of the identifier of the
   * disk and the number of the partition. An error when there is none.
   */
  @Call(number = 514, name = "findfs_partuuid", since = "1.53.5")
  Mono<@Device String> findfsPartuuid(String uuid);

  /**
   * Removes all signatures from a device: of file systems, of RAID, of partition tables. The rest
   * of the content stays. An error while the device is in use.
   */
  @Call(number = 306, name = "wipefs", since = "1.17.6", group = "wipefs")
  Mono<Void> wipefs(@Device String device);
}
