package io.guestfs.appliance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a qcow2 image that holds nothing: as a new disk it reads as zeroes, as an overlay
 * everything is read from what qemu is told to put below it. Written here because {@code qemu-img}
 * would be one more process and one more package to install, and would write the name of a backing
 * image into the header, where it is of no use.
 *
 * <p>Layout (qemu, {@code docs/interop/qcow2.txt}), in clusters: header, refcount table, refcount
 * block, then the L1 table, which is sparse.
 */
final class BlankQcow2 {

  private static final int CLUSTER_BITS = 16;
  private static final int CLUSTER = 1 << CLUSTER_BITS;
  private static final int HEADER_LENGTH = 104;
  private static final int REFCOUNT_ORDER = 4;
  private static final int REFCOUNT_TABLE = 1;
  private static final int REFCOUNT_BLOCK = 2;
  private static final int L1_TABLE = 3;

  /** One L2 table of 8-byte entries fills a cluster. */
  private static final long BYTES_PER_L1_ENTRY = (long) CLUSTER * (CLUSTER / 8);

  /** qemu's own limit of an L1 table is 32 MiB; it covers two pebibytes. */
  private static final long MAX_L1_BYTES = 32L << 20;

  private BlankQcow2() {}

  static void create(Path path, long virtualSize) throws IOException {
    long l1Entries = Math.max(1, (virtualSize + BYTES_PER_L1_ENTRY - 1) / BYTES_PER_L1_ENTRY);
    if (virtualSize < 0 || l1Entries * 8 > MAX_L1_BYTES) {
      throw new IOException("a disk of " + virtualSize + " bytes is too large for a qcow2 image");
    }
    int clusters = L1_TABLE + (int) ((l1Entries * 8 + CLUSTER - 1) / CLUSTER);
    try (FileChannel file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      write(file, header(virtualSize, (int) l1Entries), 0);
      write(file, ByteBuffer.allocate(8).putLong(0, offset(REFCOUNT_BLOCK)), REFCOUNT_TABLE);
      write(file, refcounts(clusters), REFCOUNT_BLOCK);
      // The last byte gives the file its length: qemu wants the L1 table to be inside.
      file.write(ByteBuffer.allocate(1), offset(clusters) - 1);
    }
  }

  private static ByteBuffer header(long virtualSize, int l1Entries) {
    return ByteBuffer.allocate(HEADER_LENGTH)
        .putInt(0x514649fb)
        .putInt(3)
        .putLong(0) // No name of a backing image.
        .putInt(0)
        .putInt(CLUSTER_BITS)
        .putLong(virtualSize)
        .putInt(0) // Not encrypted.
        .putInt(l1Entries)
        .putLong(offset(L1_TABLE))
        .putLong(offset(REFCOUNT_TABLE))
        .putInt(1)
        .putInt(0) // No snapshots.
        .putLong(0)
        .putLong(0) // No features, of any of the three kinds.
        .putLong(0)
        .putLong(0)
        .putInt(REFCOUNT_ORDER)
        .putInt(HEADER_LENGTH)
        .flip();
  }

  private static ByteBuffer refcounts(int clusters) {
    ByteBuffer block = ByteBuffer.allocate(clusters * 2);
    while (block.hasRemaining()) {
      block.putShort((short) 1);
    }
    return block.flip();
  }

  private static void write(FileChannel file, ByteBuffer bytes, int cluster) throws IOException {
    file.write(bytes, offset(cluster));
  }

  private static long offset(int cluster) {
    return (long) cluster << CLUSTER_BITS;
  }
}
