package io.guestfs.appliance.image;

import io.guestfs.appliance.ApplianceConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Reads the UUID of an ext2, ext3 or ext4 file system: a fixed appliance's root is found by it. */
public final class ExtSuperblock {

  // Layout: kernel documentation, "ext4 Data Structures and Algorithms", super block.
  private static final int SUPERBLOCK_OFFSET = 1024;
  private static final int MAGIC_OFFSET = 0x38;
  private static final int UUID_OFFSET = 0x68;
  private static final short MAGIC = (short) 0xEF53;
  private static final int LENGTH = UUID_OFFSET + 16;

  private ExtSuperblock() {}

  /**
   * Reads the UUID.
   *
   * @param image a file that holds the file system and nothing else
   * @return the UUID
   * @throws ApplianceConfigurationException when it cannot be read or is no such file system
   */
  public static UUID readUuid(Path image) {
    ByteBuffer block = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
      while (block.hasRemaining()
          && channel.read(block, SUPERBLOCK_OFFSET + (long) block.position()) >= 0) {
        // A read may be short.
      }
    } catch (IOException e) {
      throw new ApplianceConfigurationException(image + " cannot be read: " + e, e);
    }
    if (block.hasRemaining() || block.getShort(MAGIC_OFFSET) != MAGIC) {
      throw new ApplianceConfigurationException(
          image + " is not an ext2, ext3 or ext4 file system, as a fixed appliance's root must be");
    }
    block.order(ByteOrder.BIG_ENDIAN);
    return new UUID(block.getLong(UUID_OFFSET), block.getLong(UUID_OFFSET + 8));
  }
}
