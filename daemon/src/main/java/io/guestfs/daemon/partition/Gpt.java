package io.guestfs.daemon.partition;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;

/** GUID partition tables. */
public final class Gpt {
  private static final ByteBuffer SIGNATURE = ByteBuffer.wrap("EFI PART".getBytes(US_ASCII));

  private Gpt() {}

  /** Whether a disk has such a table, whose head is in its second or its last sector. */
  public static boolean isOn(Device disk) {
    try (Fd fd = Fd.open(disk.name(), O_RDONLY, 0)) {
      BlockDevice device = new BlockDevice(fd);
      int sector = device.sectorSize();
      return hasSignature(fd, sector) || hasSignature(fd, device.size() - sector);
    }
  }

  private static boolean hasSignature(Fd disk, long offset) {
    ByteBuffer start = ByteBuffer.allocateDirect(SIGNATURE.capacity());
    return disk.pread(start, offset) == SIGNATURE.capacity() && start.flip().equals(SIGNATURE);
  }

  /** Fails with {@code EINVAL} when a disk has no such table. */
  public static void require(Device disk) {
    if (!isOn(disk)) {
      throw new CallException(Errno.EINVAL, disk + ": there is no GUID partition table");
    }
  }
}
