package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Partition tables by way of sfdisk(8) and its language. Cylinders, heads and sectors no longer
 * mean anything to it: numbers in lines count sectors, whatever geometry is given.
 */
@CallFamily
public interface SfdiskCalls {

  /**
   * Writes a partition table.
   *
   * @param cyls not used, like {@code heads} and {@code sectors}
   * @param lines one for each partition, {@code start,size,type,bootable}; {@code ","} is all that
   *     is left
   * @deprecated replaced by {@link PartitionCalls#partAdd}
   */
  @Deprecated
  @Call(number = 43, name = "sfdisk", since = "0.0.8")
  Mono<Void> sfdisk(@Device String device, int cyls, int heads, int sectors, List<String> lines);

  /**
   * Changes one partition.
   *
   * @param partnum which, from 1
   * @param cyls not used, like {@code heads} and {@code sectors}
   * @param line as for {@link #sfdisk}; an empty part of it keeps what is there
   * @deprecated replaced by {@link PartitionCalls#partAdd}
   */
  @Deprecated
  @Call(number = 99, name = "sfdisk_N", since = "1.0.26")
  Mono<Void> sfdiskN(
      @Device String device, int partnum, int cyls, int heads, int sectors, String line);

  /**
   * The partition table in the words of sfdisk, meant for people.
   *
   * @deprecated replaced by {@link PartitionCalls#partList}
   */
  @Deprecated
  @Call(number = 100, name = "sfdisk_l", since = "1.0.26")
  Mono<String> sfdiskL(@Device String device);

  /** The geometry that the kernel makes up for a disk, in the words of sfdisk. */
  @Call(number = 101, name = "sfdisk_kernel_geometry", since = "1.0.26")
  Mono<String> sfdiskKernelGeometry(@Device String device);

  /**
   * The geometry of a disk in the words of sfdisk: since it no longer reads one from the partition
   * table, the same as {@link #sfdiskKernelGeometry}.
   */
  @Call(number = 102, name = "sfdisk_disk_geometry", since = "1.0.26")
  Mono<String> sfdiskDiskGeometry(@Device String device);

  /**
   * Writes a partition table, with sizes in megabytes.
   *
   * @param lines as for {@link #sfdisk}, with start and size in units of 2²⁰ bytes
   * @deprecated replaced by {@link PartitionCalls#partAdd}
   */
  @Deprecated
  @Call(number = 139, name = "sfdiskM", since = "1.0.55")
  Mono<Void> sfdiskM(@Device String device, List<String> lines);
}
