package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.BlockDeviceCallsHandler;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.linux.BlockDevice;
import io.guestfs.daemon.linux.Fd;
import java.util.function.Consumer;
import java.util.function.Function;

/** Serves the calls about what the kernel knows of a block device. */
public final class BlockDeviceHandler implements BlockDeviceCallsHandler {
  private static final int UNIT = 512;

  @Override
  public void blockdevSetro(Device device) {
    tell(device, O_RDONLY, kernel -> kernel.setReadOnly(true));
  }

  @Override
  public void blockdevSetrw(Device device) {
    tell(device, O_RDONLY, kernel -> kernel.setReadOnly(false));
  }

  @Override
  public boolean blockdevGetro(Device device) {
    return ask(device, BlockDevice::isReadOnly);
  }

  @Override
  public int blockdevGetss(Device device) {
    return ask(device, BlockDevice::sectorSize);
  }

  @Override
  public int blockdevGetbsz(Device device) {
    return ask(device, BlockDevice::blockSize);
  }

  @Override
  public void blockdevSetbsz(Device device, int blocksize) {
    tell(device, O_RDONLY, kernel -> kernel.setBlockSize(blocksize));
  }

  @Override
  public long blockdevGetsz(Device device) {
    return ask(device, BlockDevice::size) / UNIT;
  }

  @Override
  public void blockdevFlushbufs(Device device) {
    tell(device, O_RDONLY, BlockDevice::flushBuffers);
  }

  @Override
  public void blockdevRereadpt(Device device) {
    tell(device, O_RDONLY, BlockDevice::rereadPartitions);
  }

  @Override
  public void blockdevSetra(Device device, int sectors) {
    Arguments.requireNotNegative("sectors", sectors);
    tell(device, O_RDONLY, kernel -> kernel.setReadAhead(sectors));
  }

  @Override
  public void blkdiscard(Device device) {
    tell(device, O_RDWR, kernel -> kernel.discard(0, kernel.size()));
  }

  @Override
  public boolean blkdiscardzeroes(Device device) {
    return ask(device, BlockDevice::discardZeroes);
  }

  private static <T> T ask(Device device, Function<BlockDevice, T> question) {
    try (Fd fd = Fd.open(device.name(), O_RDONLY, 0)) {
      return question.apply(new BlockDevice(fd));
    }
  }

  private static void tell(Device device, int flags, Consumer<BlockDevice> change) {
    try (Fd fd = Fd.open(device.name(), flags, 0)) {
      change.accept(new BlockDevice(fd));
    }
  }
}
