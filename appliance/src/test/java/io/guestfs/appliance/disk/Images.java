package io.guestfs.appliance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Heads of images, written by hand, honest ones and others. */
final class Images {

  static final int QCOW_MAGIC = 0x514649fb;
  private static final int LENGTH = 4096;
  private static final int NAME_OFFSET = 1024;

  private Images() {}

  static Path raw(Path path) throws IOException {
    return Files.write(path, new byte[LENGTH]);
  }

  static Path startingWith(Path path, String magic) throws IOException {
    byte[] bytes = new byte[LENGTH];
    byte[] start = magic.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(start, 0, bytes, 0, start.length);
    return Files.write(path, bytes);
  }

  static Path qcow2(Path path) throws IOException {
    return qcow2(path, null, null, null);
  }

  static Path qcow2(
      Path path,
      @Nullable String backing,
      @Nullable String backingFormat,
      @Nullable String dataFile)
      throws IOException {
    ByteBuffer head = ByteBuffer.allocate(LENGTH);
    head.putInt(0, QCOW_MAGIC).putInt(4, 3).putInt(20, 16).putLong(24, 1 << 20).putInt(100, 104);
    if (backing != null) {
      byte[] name = backing.getBytes(StandardCharsets.UTF_8);
      head.putLong(8, NAME_OFFSET).putInt(16, name.length).put(NAME_OFFSET, name);
    }
    head.position(104);
    if (backingFormat != null) {
      extension(head, 0xE2792ACA, backingFormat);
    }
    if (dataFile != null) {
      head.putLong(72, 1L << 2);
      extension(head, 0x44415441, dataFile);
    }
    return Files.write(path, head.array());
  }

  private static void extension(ByteBuffer head, int type, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    head.putInt(type).putInt(bytes.length).put(bytes);
    head.position((head.position() + 7) & ~7);
  }

  static Path vmdk(Path path, long capacity, String descriptor) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    head.put(0, "KDMV".getBytes(StandardCharsets.US_ASCII));
    head.putLong(12, capacity).putLong(28, 1).putLong(36, 2);
    head.put(512, descriptor.getBytes(StandardCharsets.US_ASCII));
    return Files.write(path, head.array());
  }
}
