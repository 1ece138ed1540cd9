package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import java.nio.ByteBuffer;

/** What the kernel is asked and told about a block device ({@code ioctl}s of linux/fs.h). */
public final class BlockDevice {
  private static final long BLKROSET = 0x125d;
  private static final long BLKROGET = 0x125e;
  private static final long BLKRRPART = 0x125f;
  private static final long BLKFLSBUF = 0x1261;
  private static final long BLKRASET = 0x1262;
  private static final long BLKRAGET = 0x1263;
  private static final long BLKSSZGET = 0x1268;
  private static final long BLKBSZGET = 0x80081270L;
  private static final long BLKBSZSET = 0x40081271L;
  private static final long BLKGETSIZE64 = 0x80081272L;
  private static final long BLKDISCARD = 0x1277;
  private static final long BLKDISCARDZEROES = 0x127c;
  private static final long LOOP_GET_STATUS64 = 0x4c05;
  private static final int LOOP_INFO_SIZE = 232;

  private final Fd device;

  /** Asks an open device, which stays the caller's to close. */
  public BlockDevice(Fd device) {
    this.device = device;
  }

  /** Size in bytes. */
  public long size() {
    return get(BLKGETSIZE64, "BLKGETSIZE64", 8);
  }

  /** Size in bytes of a logical sector. */
  public int sectorSize() {
    return (int) get(BLKSSZGET, "BLKSSZGET", 4);
  }

  /** Block size in bytes that the kernel uses. */
  public int blockSize() {
    return (int) get(BLKBSZGET, "BLKBSZGET", 4);
  }

  public void setBlockSize(int bytes) {
    set(BLKBSZSET, "BLKBSZSET", bytes);
  }

  public boolean isReadOnly() {
    return get(BLKROGET, "BLKROGET", 4) != 0;
  }

  public void setReadOnly(boolean readOnly) {
    set(BLKROSET, "BLKROSET", readOnly ? 1 : 0);
  }

  /** How far the kernel reads ahead, in sectors of 512 bytes. */
  public long readAhead() {
    return get(BLKRAGET, "BLKRAGET", 8);
  }

  public void setReadAhead(long sectors) {
    device.ioctl(Scratch.take(), BLKRASET, sectors, "BLKRASET");
  }

  /** Makes the kernel read the partition table again. */
  public void rereadPartitions() {
    device.ioctl(Scratch.take(), BLKRRPART, 0, "BLKRRPART");
  }

  /**
   * Makes the kernel no longer offer the partitions of a disk that has no table any more. They stay
   * when one is in use.
   */
  public void forgetPartitions() {
    try {
      rereadPartitions();
    } catch (CallException e) {
      // Or it is no disk.
      return;
    }
  }

  /** Writes out what is cached, and forgets it. */
  public void flushBuffers() {
    device.ioctl(Scratch.take(), BLKFLSBUF, 0, "BLKFLSBUF");
  }

  /** Tells the device that a range of bytes is no longer needed. */
  public void discard(long offset, long length) {
    Scratch scratch = Scratch.take();
    device.ioctl(scratch, BLKDISCARD, scratch.words(offset, length), "BLKDISCARD");
  }

  /** Whether discarded ranges read as zeroes. */
  public boolean discardZeroes() {
    return get(BLKDISCARDZEROES, "BLKDISCARDZEROES", 4) != 0;
  }

  /** Of a loop device: the number of the device that its file is on. */
  public long loopHolder() {
    Scratch scratch = Scratch.take();
    int info = scratch.reserve(LOOP_INFO_SIZE);
    device.ioctl(scratch, LOOP_GET_STATUS64, scratch.address(info), "LOOP_GET_STATUS64");
    return scratch.memory().getLong(info);
  }

  private long get(long request, String name, int size) {
    Scratch scratch = Scratch.take();
    int offset = scratch.reserve(8);
    ByteBuffer memory = scratch.memory();
    device.ioctl(scratch, request, scratch.address(offset), name);
    return size == 8 ? memory.getLong(offset) : memory.getInt(offset);
  }

  private void set(long request, String name, int value) {
    Scratch scratch = Scratch.take();
    int offset = scratch.reserve(8);
    scratch.memory().putInt(offset, value);
    device.ioctl(scratch, request, scratch.address(offset), name);
  }
}
