package io.guestfs.daemon.device;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A partition, as the kernel knows it.
 *
 * @param disk what it is a part of
 * @param number which part, from 1
 */
public record PartitionNode(Device disk, int number) {
  private static final Path BLOCK_DEVICES = Path.of("/sys/class/block");

  /** Fails with {@code EINVAL} when the device is no partition. */
  public static PartitionNode of(Device device) {
    Path entry = BLOCK_DEVICES.resolve(device.name().substring("/dev/".length()));
    try {
      // …/block/sda/sda1
      Path partition = entry.toRealPath();
      int number = Integer.parseInt(Files.readString(partition.resolve("partition")).strip());
      return new PartitionNode(
          new Device("/dev/" + partition.getName(partition.getNameCount() - 2)), number);
    } catch (IOException e) {
      throw new CallException(Errno.EINVAL, device + ": this is not a partition");
    }
  }
}
