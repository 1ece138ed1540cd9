package io.guestfs.appliance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The parts of a VMDK header that tell its size, and whether it refers to other files. Layout:
 * VMware, "Virtual Disk Format 5.0", hosted sparse extent.
 */
final class VmdkHeader {

  private static final int HEAD = 512;
  private static final int SECTOR = 512;
  private static final int CAPACITY_OFFSET = 12;
  private static final int DESCRIPTOR_OFFSET = 28;
  private static final int DESCRIPTOR_SIZE_OFFSET = 36;

  private VmdkHeader() {}

  /** The size of the disk in sectors. */
  static long sectors(ImageReader image) throws IOException {
    ByteBuffer head = image.read(0, HEAD).order(ByteOrder.LITTLE_ENDIAN);
    if (FormatDetector.isVmdkDescriptor(head)) {
      throw new IOException("a VMDK image of several files is not supported; convert it");
    }
    return FormatDetector.startsWith(head, "KDMV")
        ? head.getLong(CAPACITY_OFFSET)
        : head.getInt(CAPACITY_OFFSET) & 0xffffffffL;
  }

  static boolean hasParent(ImageReader image) throws IOException {
    ByteBuffer head = image.read(0, HEAD).order(ByteOrder.LITTLE_ENDIAN);
    return FormatDetector.isVmdkDescriptor(head)
        ? hasParent(image.readString(0, ImageReader.MAX_PIECE))
        : FormatDetector.startsWith(head, "KDMV") && hasParent(descriptor(image, head));
  }

  private static boolean hasParent(String descriptor) {
    return descriptor.contains("parentFileNameHint");
  }

  /** The text inside the image, empty when there is none. */
  private static String descriptor(ImageReader image, ByteBuffer head) throws IOException {
    long sectors = head.getLong(DESCRIPTOR_SIZE_OFFSET);
    if (sectors <= 0) {
      return "";
    }
    int length = (int) Math.min(sectors, ImageReader.MAX_PIECE / SECTOR) * SECTOR;
    return image.readString(head.getLong(DESCRIPTOR_OFFSET) * SECTOR, length);
  }

  static void refuseReferences(ImageReader image) throws IOException {
    ByteBuffer head = image.read(0, HEAD).order(ByteOrder.LITTLE_ENDIAN);
    if (FormatDetector.isVmdkDescriptor(head)) {
      throw new IOException("a VMDK image of several files is not supported; convert it");
    }
    if (!FormatDetector.startsWith(head, "KDMV")) {
      return;
    }
    // qemu reads the descriptor of an image without capacity as if it were one of several files.
    if (head.getLong(CAPACITY_OFFSET) == 0) {
      throw new IOException("a VMDK image without a capacity is not supported");
    }
    if (hasParent(descriptor(image, head))) {
      throw new IOException("a VMDK image with a parent is not supported; convert it");
    }
  }
}
