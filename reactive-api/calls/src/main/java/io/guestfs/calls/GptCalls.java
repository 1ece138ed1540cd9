package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Guid;
import reactor.core.publisher.Mono;

/**
 * What only a GUID partition table has. GUIDs are given in upper case. A partition that is not
 * there, and a table of another kind, are errors.
 */
@CallFamily
public interface GptCalls {

  /** The GUID that says what a partition is for. */
  @Call(number = 393, name = "part_get_gpt_type", since = "1.21.1")
  Mono<String> partGetGptType(@Device String device, int partnum);

  /**
   * Says what a partition is for.
   *
   * @param guid for instance {@code 0FC63DAF-8483-4772-8E79-3D69D8477DE4}, data of Linux
   */
  @Call(number = 392, name = "part_set_gpt_type", since = "1.21.1")
  Mono<Void> partSetGptType(@Device String device, int partnum, @Guid String guid);

  /** The GUID of a partition itself. */
  @Call(number = 447, name = "part_get_gpt_guid", since = "1.29.25")
  Mono<String> partGetGptGuid(@Device String device, int partnum);

  /** Gives a partition a GUID, which must be the only one of its kind. */
  @Call(number = 446, name = "part_set_gpt_guid", since = "1.29.25")
  Mono<Void> partSetGptGuid(@Device String device, int partnum, @Guid String guid);

  /**
   * The attributes of a partition, bit by bit: bit 0 the firmware needs it, bit 1 the firmware
   * leaves it alone, bit 2 it can be booted by a BIOS; bits 48 to 63 depend on its type.
   */
  @Call(number = 504, name = "part_get_gpt_attributes", since = "1.21.1")
  Mono<Long> partGetGptAttributes(@Device String device, int partnum);

  /**
   * Sets the attributes of a partition.
   *
   * @param attributes all of them, see {@link #partGetGptAttributes}; {@code EINVAL} for bits 3 to
   *     47, which are reserved
   */
  @Call(number = 503, name = "part_set_gpt_attributes", since = "1.21.1")
  Mono<Void> partSetGptAttributes(@Device String device, int partnum, long attributes);

  /** The GUID of a disk. */
  @Call(number = 460, name = "part_get_disk_guid", since = "1.33.2")
  Mono<String> partGetDiskGuid(@Device String device);

  /** Gives a disk a GUID. */
  @Call(number = 459, name = "part_set_disk_guid", since = "1.33.2")
  Mono<Void> partSetDiskGuid(@Device String device, @Guid String guid);

  /** Gives a disk a new GUID. */
  @Call(number = 461, name = "part_set_disk_guid_random", since = "1.33.2")
  Mono<Void> partSetDiskGuidRandom(@Device String device);

  /**
   * Moves the second copy of the table to the end of the disk, after the disk was made larger, so
   * that what is new can be used.
   */
  @Call(number = 462, name = "part_expand_gpt", since = "1.33.2", group = "gdisk")
  Mono<Void> partExpandGpt(@Device String device);
}
