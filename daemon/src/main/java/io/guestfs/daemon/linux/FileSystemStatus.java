package io.guestfs.daemon.linux;

import java.nio.ByteBuffer;

/**
 * What {@code statvfs(3)} says of a file system.
 *
 * @param type the number by which the kernel knows its kind
 */
public record FileSystemStatus(
    long type,
    long blockSize,
    long fragmentSize,
    long blocks,
    long blocksFree,
    long blocksAvailable,
    long files,
    long filesFree,
    long fileSystemId,
    long flags,
    long nameMax) {

  private static final int STRUCT_SIZE = 120;

  /** The kernel's mark that the flags are meaningful, which {@code statvfs} does not pass on. */
  private static final long FLAGS_VALID = 0x20;

  static FileSystemStatus read(Fd fd) {
    Scratch scratch = Scratch.take();
    int at = scratch.room(STRUCT_SIZE);
    long result = Syscall.call(scratch, Syscall.FSTATFS, fd.number(), scratch.address(at), 0, 0, 0);
    Syscall.check(result, "statfs", fd.name());
    ByteBuffer memory = scratch.memory();
    long blockSize = memory.getLong(at + 8);
    long fragmentSize = memory.getLong(at + 72);
    return new FileSystemStatus(
        memory.getLong(at),
        blockSize,
        fragmentSize == 0 ? blockSize : fragmentSize,
        memory.getLong(at + 16),
        memory.getLong(at + 24),
        memory.getLong(at + 32),
        memory.getLong(at + 40),
        memory.getLong(at + 48),
        memory.getLong(at + 56),
        memory.getLong(at + 80) & ~FLAGS_VALID,
        memory.getLong(at + 64));
  }
}
