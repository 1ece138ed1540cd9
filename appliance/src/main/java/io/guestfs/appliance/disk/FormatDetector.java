package io.guestfs.appliance.disk;

import io.guestfs.appliance.DiskFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Tells the format of an image by its first bytes. Done here rather than by {@code qemu-img info}:
 * a few constants against a process that parses a hostile image outside any sandbox.
 *
 * <p>LUKS is not in the list: an encrypted disk is raw, and it is the guest that opens it.
 */
final class FormatDetector {

  private static final int HEAD = 512;

  /** "QFI" and 0xfb: version 1 is qcow, later ones are qcow2. */
  private static final int QCOW_MAGIC = 0x514649fb;

  private static final int VDI_SIGNATURE_OFFSET = 0x40;
  private static final int VDI_SIGNATURE = 0xbeda107f;

  private FormatDetector() {}

  static DiskFormat detect(ImageReader image) throws IOException {
    ByteBuffer head = image.read(0, HEAD);
    if (head.getInt(0) == QCOW_MAGIC) {
      return head.getInt(4) == 1 ? DiskFormat.QCOW : DiskFormat.QCOW2;
    }
    if (startsWith(head, "QED\0")) {
      return DiskFormat.QED;
    }
    if (startsWith(head, "KDMV") || startsWith(head, "COWD") || isVmdkDescriptor(head)) {
      return DiskFormat.VMDK;
    }
    if (startsWith(head, "vhdxfile")) {
      return DiskFormat.VHDX;
    }
    if (startsWith(head, "conectix")) {
      return DiskFormat.VPC;
    }
    if (startsWith(head, "WithoutFreeSpace") || startsWith(head, "WithouFreSpacExt")) {
      return DiskFormat.PARALLELS;
    }
    if (head.order(ByteOrder.LITTLE_ENDIAN).getInt(VDI_SIGNATURE_OFFSET) == VDI_SIGNATURE) {
      return DiskFormat.VDI;
    }
    return DiskFormat.RAW;
  }

  /** A text that names the files with the data, which may be any file of the host. */
  static boolean isVmdkDescriptor(ByteBuffer head) {
    return startsWith(head, "# Disk DescriptorFile");
  }

  static boolean startsWith(ByteBuffer head, String magic) {
    byte[] expected = magic.getBytes(StandardCharsets.US_ASCII);
    return head.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
  }
}
