package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Disks and other block devices as a whole. */
@CallFamily
public interface DeviceCalls {

  /** The disks that were added, in the order in which they were added. */
  @Call(number = 7, name = "list_devices", since = "0.0.4")
  Flux<@Device String> listDevices();

  /** The number of disks that were added, which is that of {@link #listDevices}. */
  @Call(number = 336, name = "nr_devices", since = "1.19.15")
  Mono<Integer> nrDevices();

  /** The partitions on all disks, in the order of disks and numbers. */
  @Call(number = 8, name = "list_partitions", since = "0.0.4")
  Flux<@Device String> listPartitions();

  /** The size of a device in bytes. */
  @Call(number = 63, name = "blockdev_getsize64", since = "1.9.3")
  Mono<Long> blockdevGetsize64(@Device String device);

  /**
   * Writes zeroes over the first 128 KiB of a device, which removes partition tables, LVM labels
   * and the like; the rest stays. {@link #zero} is not a secure wipe.
   */
  @Call(number = 85, name = "zero", since = "1.0.16", progress = true)
  Mono<Void> zero(@Device String device);

  /**
   * The checksum of the whole content of a device, in lower-case hexadecimal.
   *
   * @param csumtype as for {@link ChecksumCalls#checksum}
   */
  @Call(number = 237, name = "checksum_device", since = "1.3.2")
  Mono<String> checksumDevice(String csumtype, @Device String device);
}
