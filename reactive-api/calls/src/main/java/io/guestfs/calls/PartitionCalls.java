package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Partition tables. */
@CallFamily
public interface PartitionCalls {

  /**
   * Makes an empty partition table on a disk; the partitions that were there are lost.
   *
   * @param parttype {@code mbr} (also {@code msdos}), {@code gpt} (also {@code efi}), or another
   *     that parted knows: {@code aix}, {@code amiga} ({@code rdb}), {@code bsd}, {@code dasd},
   *     {@code dvh}, {@code mac}, {@code pc98}, {@code sun}
   */
  @Call(number = 208, name = "part_init", since = "1.0.78")
  Mono<Void> partInit(@Device String device, String parttype);

  /**
   * Adds a partition.
   *
   * @param prlogex {@code p} or {@code primary}, {@code l} or {@code logical}, {@code e} or {@code
   *     extended}; a GPT has primary ones only
   * @param startsect the first sector, not negative
   * @param endsect the last sector, which belongs to the partition; −1 is the last of the disk, −2
   *     the one before, and so on
   */
  @Call(number = 209, name = "part_add", since = "1.0.78")
  Mono<Void> partAdd(@Device String device, String prlogex, long startsect, long endsect);

  /**
   * Makes a partition table with one partition over the whole disk, less 128 sectors at either end.
   *
   * @param parttype as for {@link #partInit}
   */
  @Call(number = 210, name = "part_disk", since = "1.0.78")
  Mono<Void> partDisk(@Device String device, String parttype);

  /** The partitions of a disk; free space is not listed. */
  @Call(number = 213, name = "part_list", since = "1.0.78")
  Flux<Partition> partList(@Device String device);

  /**
   * The kind of partition table, as {@link #partInit} takes it: {@code msdos} for an MBR, {@code
   * gpt}, and so on.
   */
  @Call(number = 214, name = "part_get_parttype", since = "1.0.78")
  Mono<String> partGetParttype(@Device String device);

  /** Removes a partition; what is on it stays on the disk, and {@link #partAdd} finds it again. */
  @Call(number = 233, name = "part_del", since = "1.3.2")
  Mono<Void> partDel(@Device String device, int partnum);

  /**
   * Moves the end of a partition. What is on it is not changed: a file system is made smaller
   * before and larger afterwards.
   *
   * @param endsect the last sector, as for {@link #partAdd}
   */
  @Call(number = 477, name = "part_resize", since = "1.37.20")
  Mono<Void> partResize(@Device String device, int partnum, long endsect);

  /**
   * Marks a partition as the one to boot from. On a GPT this makes it an EFI system partition.
   *
   * @param bootable false takes the mark away
   */
  @Call(number = 211, name = "part_set_bootable", since = "1.0.78")
  Mono<Void> partSetBootable(@Device String device, int partnum, boolean bootable);

  /** Whether a partition is marked as the one to boot from; see {@link #partSetBootable}. */
  @Call(number = 234, name = "part_get_bootable", since = "1.3.2")
  Mono<Boolean> partGetBootable(@Device String device, int partnum);

  /**
   * Names a partition. Only some kinds of tables have names, of which GPT is one; there, 36
   * characters are kept.
   */
  @Call(number = 212, name = "part_set_name", since = "1.0.78")
  Mono<Void> partSetName(@Device String device, int partnum, String name);

  /** The name of a partition in a GPT, empty when it has none. */
  @Call(number = 416, name = "part_get_name", since = "1.25.33")
  Mono<String> partGetName(@Device String device, int partnum);

  /** The byte in an MBR that says what a partition is for, such as 0x83 for data of Linux. */
  @Call(number = 235, name = "part_get_mbr_id", since = "1.3.2")
  Mono<Integer> partGetMbrId(@Device String device, int partnum);

  /**
   * Sets the byte in an MBR that says what a partition is for.
   *
   * @param idbyte 1 to 255
   */
  @Call(number = 236, name = "part_set_mbr_id", since = "1.3.2")
  Mono<Void> partSetMbrId(@Device String device, int partnum, int idbyte);

  /**
   * How a partition stands in an MBR: {@code primary}, {@code extended} or {@code logical}. On
   * other kinds of tables all are {@code primary}.
   */
  @Call(number = 454, name = "part_get_mbr_part_type", since = "1.29.32")
  Mono<String> partGetMbrPartType(@Device String device, int partnum);
}
