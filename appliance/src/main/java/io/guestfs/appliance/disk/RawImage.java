package io.guestfs.appliance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes raw images: a size, and zeroes where space is to be taken or a device has other bytes. */
final class RawImage {

  private static final int PIECE = 1 << 20;

  private RawImage() {}

  static void create(DiskImageSpec spec) throws IOException {
    Path image = spec.image();
    boolean device = Files.exists(image) && !Files.isRegularFile(image);
    try (FileChannel file =
        FileChannel.open(
            image,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      if (device || spec.isFull()) {
        zero(file, spec.sizeBytes());
      } else if (spec.sizeBytes() > 0) {
        // Writing the last byte gives the file its size and leaves the rest a hole.
        file.write(ByteBuffer.allocate(1), spec.sizeBytes() - 1);
      }
    }
  }

  private static void zero(FileChannel file, long bytes) throws IOException {
    ByteBuffer zeroes = ByteBuffer.allocate(PIECE);
    for (long left = bytes; left > 0; ) {
      zeroes.clear().limit((int) Math.min(left, PIECE));
      left -= file.write(zeroes);
    }
  }
}
