package io.guestfs.appliance.disk;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at local images before qemu does: that they can be opened, that the format is what was
 * said, and that they refer to no other file of the host unless that was allowed (CVE-2010-3851).
 */
final class ImageInspector {

  /** Longer chains are more likely a loop. */
  private static final int MAX_CHAIN = 64;

  private static final int FILE_TYPE_MASK = 0170000;
  private static final int FILE_TYPE_BLOCK_DEVICE = 0060000;

  /** qemu reads "word:" at the start of a name as a protocol, "json:" as a whole description. */
  private static final Pattern PROTOCOL = Pattern.compile("[^/:]+:.*", Pattern.DOTALL);

  private final Path top;
  private final boolean chainAllowed;

  private ImageInspector(Path top, boolean chainAllowed) {
    this.top = top;
    this.chainAllowed = chainAllowed;
  }

  /**
   * Inspects the image of a drive.
   *
   * @throws ApplianceConfigurationException names the image, what is wrong with it and what to do
   */
  static ImageChain inspect(Path path, Drive drive) {
    return new ImageInspector(path, drive.backingChain())
        .inspect(path, drive.format(), !drive.readOnly(), 1);
  }

  private ImageChain inspect(Path path, @Nullable DiskFormat stated, boolean writable, int depth) {
    if (depth > MAX_CHAIN) {
      throw refused("its chain of backing images is longer than " + MAX_CHAIN + ", or a loop");
    }
    try {
      boolean blockDevice = checkFile(path, writable);
      try (ImageReader image = new ImageReader(path)) {
        DiskFormat found = FormatDetector.detect(image);
        DiskFormat format = stated == null ? found : stated;
        // What looks like another format may be the content of a raw disk, but nothing else.
        if (format != DiskFormat.RAW && format != found && !undetectable(format)) {
          throw refused(
              "%s is said to be %s, but looks like %s; state the right format, or none"
                  .formatted(name(path), format.qemuName(), found.qemuName()));
        }
        return references(path, blockDevice, format, image, depth);
      }
    } catch (AccessDeniedException e) {
      throw refused(name(path) + " may not be read by this user; change its permissions", e);
    } catch (IOException e) {
      throw refused(name(path) + " cannot be inspected: " + e.getMessage(), e);
    }
  }

  /** A fixed-size VHD has its mark at the end, so a stated format is believed. */
  private static boolean undetectable(DiskFormat format) {
    return format == DiskFormat.VPC;
  }

  /** Decides by the type first: to open a FIFO would block. Returns whether it is a device. */
  private boolean checkFile(Path path, boolean writable) throws IOException {
    if (!Files.exists(path)) {
      throw refused(name(path) + " does not exist; check the path");
    }
    if (Files.isDirectory(path)) {
      throw refused(name(path) + " is a directory; name a disk image or a block device");
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode");
    boolean blockDevice = (mode & FILE_TYPE_MASK) == FILE_TYPE_BLOCK_DEVICE;
    if (!blockDevice && !Files.isRegularFile(path)) {
      throw refused(name(path) + " is neither a file nor a block device");
    }
    if (!blockDevice && Files.size(path) == 0) {
      throw refused(name(path) + " is empty; make a disk image first, for example with qemu-img");
    }
    if (!Files.isReadable(path)) {
      throw new AccessDeniedException(path.toString());
    }
    if (writable && !Files.isWritable(path)) {
      throw refused(
          name(path)
              + " may not be written by this user; change its permissions, or add it"
              + " read-only");
    }
    return blockDevice;
  }

  private ImageChain references(
      Path path, boolean blockDevice, DiskFormat format, ImageReader image, int depth)
      throws IOException {
    switch (format) {
      case QCOW2 -> {
        return qcow2(path, blockDevice, Qcow2Header.read(image), depth);
      }
      case QCOW -> {
        ByteBuffer head = image.read(0, 20);
        refuseBacking(path, Qcow2Header.backingName(image, head.getLong(8), head.getInt(16)));
      }
      case QED -> {
        boolean backed = (image.read(16, 8).order(ByteOrder.LITTLE_ENDIAN).getLong() & 1) != 0;
        refuseBacking(path, backed ? "another file" : null);
      }
      case VMDK -> VmdkHeader.refuseReferences(image);
      default -> {
        // The others cannot refer to a file, or qemu does not follow the reference.
      }
    }
    return new ImageChain(path, blockDevice, format, null, null);
  }

  private ImageChain qcow2(Path path, boolean blockDevice, Qcow2Header header, int depth) {
    if (header.encrypted()) {
      throw refused(name(path) + " is an encrypted qcow2 image; decrypt it with qemu-img convert");
    }
    refuseUnlessAllowed(path, "backing image", header.backingFile());
    refuseUnlessAllowed(path, "external data file", header.dataFile());
    ImageChain backing = null;
    if (header.backingFile() != null) {
      String format = header.backingFormat();
      backing =
          inspect(
              resolve(path, header.backingFile()),
              format == null ? null : DiskFormat.of(format),
              false,
              depth + 1);
    }
    Path dataFile = header.dataFile() == null ? null : resolve(path, header.dataFile());
    return new ImageChain(path, blockDevice, DiskFormat.QCOW2, dataFile, backing);
  }

  private void refuseUnlessAllowed(Path path, String kind, @Nullable String reference) {
    if (reference != null && !chainAllowed) {
      throw refused(
          "%s refers to the %s \"%s\"; when you trust it, allow backing chains for this drive"
              .formatted(name(path), kind, reference));
    }
  }

  private void refuseBacking(Path path, @Nullable String reference) {
    if (reference != null) {
      throw refused(
          "%s has the backing image \"%s\", which is supported for qcow2 only; convert it"
              .formatted(name(path), reference));
    }
  }

  /** A relative name is relative to the image that has it. */
  private Path resolve(Path image, String reference) {
    if (reference.isEmpty() || PROTOCOL.matcher(reference).matches()) {
      throw refused(
          "%s refers to \"%s\", which is not the name of a file".formatted(image, reference));
    }
    try {
      return image.resolveSibling(reference).normalize();
    } catch (InvalidPathException e) {
      throw refused(image + " refers to a file whose name is not valid", e);
    }
  }

  /** What a message calls a file of the chain; the drive itself is named in front anyway. */
  private String name(Path path) {
    return path.equals(top) ? "it" : "its backing image " + path;
  }

  private ApplianceConfigurationException refused(String why) {
    return new ApplianceConfigurationException("drive " + top + ": " + why);
  }

  private ApplianceConfigurationException refused(String why, Exception cause) {
    return new ApplianceConfigurationException("drive " + top + ": " + why, cause);
  }
}
