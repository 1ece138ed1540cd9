package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import reactor.core.publisher.Mono;

/** What the kernel knows of a block device, and can be told about it. */
@CallFamily
public interface BlockDeviceCalls {

  /**
   * Forbids writing to a device until {@link #blockdevSetrw} or the end of the handle; the image is
   * not changed by it.
   */
  @Call(number = 56, name = "blockdev_setro", since = "1.9.3")
  Mono<Void> blockdevSetro(@Device String device);

  /**
   * Allows writing to a device again; one that was added read-only stays writable as an overlay.
   */
  @Call(number = 57, name = "blockdev_setrw", since = "1.9.3")
  Mono<Void> blockdevSetrw(@Device String device);

  /** Whether writing to a device is forbidden. */
  @Call(number = 58, name = "blockdev_getro", since = "1.9.3")
  Mono<Boolean> blockdevGetro(@Device String device);

  /** The bytes of a logical sector, the smallest that can be read: mostly 512, sometimes 4096. */
  @Call(number = 59, name = "blockdev_getss", since = "1.9.3")
  Mono<Integer> blockdevGetss(@Device String device);

  /**
   * The bytes of a block, as the kernel caches the device. It says nothing of the file system on
   * the device.
   */
  @Call(number = 60, name = "blockdev_getbsz", since = "1.9.3")
  Mono<Integer> blockdevGetbsz(@Device String device);

  /**
   * Sets the size of a block.
   *
   * @param blocksize in bytes, a power of two from the size of a sector to that of a page
   * @deprecated nothing replaces it. The kernel forgets the size when the device is closed, so that
   *     what is set here is gone when the call returns; to make a file system with blocks of a
   *     size, use {@link FilesystemCalls#mkfs(String, String, MkfsOptions)}
   */
  @Deprecated
  @Call(number = 61, name = "blockdev_setbsz", since = "1.9.3")
  Mono<Void> blockdevSetbsz(@Device String device, int blocksize);

  /**
   * The size of a device in units of 512 bytes, whatever the size of its sectors. See {@link
   * #blockdevGetss} and {@link DeviceCalls#blockdevGetsize64}.
   */
  @Call(number = 62, name = "blockdev_getsz", since = "1.9.3")
  Mono<Long> blockdevGetsz(@Device String device);

  /** Writes out what the kernel holds of a device, and forgets it. */
  @Call(number = 64, name = "blockdev_flushbufs", since = "1.9.3")
  Mono<Void> blockdevFlushbufs(@Device String device);

  /**
   * Makes the kernel read the partition table of a disk again. {@code EBUSY} while a partition of
   * it is in use, {@code EINVAL} when the device cannot have partitions.
   */
  @Call(number = 65, name = "blockdev_rereadpt", since = "1.9.3")
  Mono<Void> blockdevRereadpt(@Device String device);

  /**
   * Sets how far the kernel reads ahead.
   *
   * @param sectors in units of 512 bytes, not negative
   */
  @Call(number = 424, name = "blockdev_setra", since = "1.29.10")
  Mono<Void> blockdevSetra(@Device String device, int sectors);

  /**
   * Throws away all that is on a device: its blocks are given back to the image, which gets smaller
   * if it was added with discard enabled. What is read afterwards is not defined; see {@link
   * #blkdiscardzeroes}.
   */
  @Call(number = 417, name = "blkdiscard", since = "1.25.44", group = "blkdiscard")
  Mono<Void> blkdiscard(@Device String device);

  /**
   * Whether blocks that were discarded are promised to read as zeroes. Kernels since 4.12 promise
   * it of no device.
   */
  @Call(number = 418, name = "blkdiscardzeroes", since = "1.25.44", group = "blkdiscardzeroes")
  Mono<Boolean> blkdiscardzeroes(@Device String device);
}
