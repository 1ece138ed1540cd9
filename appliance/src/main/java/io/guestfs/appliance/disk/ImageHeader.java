package io.guestfs.appliance.disk;

import io.guestfs.appliance.DiskFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an image says of itself, by the few bytes of its header that say it. Layouts are those of
 * qemu's {@code docs/interop} and its block drivers.
 */
final class ImageHeader implements Closeable {

  private static final int SECTOR = 512;
  private static final int FILE_TYPE_MASK = 0170000;
  private static final int BLOCK_DEVICE = 0060000;

  private final Path path;
  private final ImageReader image;
  private final DiskFormat format;

  /** Opens an image. What is neither a file nor a block device is not: a FIFO would block. */
  ImageHeader(Path path) throws IOException {
    this.path = path;
    int mode = (Integer) Files.getAttribute(path, "unix:mode");
    if (!Files.isRegularFile(path) && (mode & FILE_TYPE_MASK) != BLOCK_DEVICE) {
      throw new FileSystemException(path.toString(), null, "neither a file nor a block device");
    }
    if (!Files.isReadable(path)) {
      throw new AccessDeniedException(path.toString());
    }
    image = new ImageReader(path);
    format = FormatDetector.detect(image);
  }

  DiskFormat format() {
    return format;
  }

  boolean hasBackingFile() throws IOException {
    return switch (format) {
      case QCOW, QCOW2 -> big(8) != 0;
      case QED -> (little(16) & 1) != 0;
      case VMDK -> VmdkHeader.hasParent(image);
      case VHDX -> VhdxHeader.hasParent(image);
      case VPC -> VpcHeader.hasParent(image);
      default -> false;
    };
  }

  /** The size of the disk in bytes. */
  long virtualSize() throws IOException {
    long size =
        switch (format) {
          case RAW -> image.size();
          case QCOW, QCOW2 -> big(24);
          case QED -> little(48);
          case VDI -> little(368);
          case VMDK -> VmdkHeader.sectors(image) * SECTOR;
          case VHDX -> VhdxHeader.virtualSize(image);
          case VPC -> VpcHeader.virtualSize(image);
          case PARALLELS -> parallelsSectors() * SECTOR;
        };
    if (size < 0) {
      throw new IOException(path + ": its header says a size that no disk has");
    }
    return size;
  }

  /** Only the newer form has 64 bits for it. */
  private long parallelsSectors() throws IOException {
    boolean wide = FormatDetector.startsWith(image.read(0, 16), "WithouFreSpacExt");
    return wide ? little(36) : little(36) & 0xffffffffL;
  }

  private long big(long offset) throws IOException {
    return image.read(offset, Long.BYTES).getLong();
  }

  private long little(long offset) throws IOException {
    ByteBuffer field = image.read(offset, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return field.getLong();
  }

  @Override
  public void close() throws IOException {
    image.close();
  }
}
