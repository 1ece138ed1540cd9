package io.guestfs.appliance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the footer of a VHD image says, of which a dynamic one has a copy at its start. */
final class VpcHeader {

  private static final int FOOTER = 512;
  private static final int SECTOR = 512;
  private static final int DIFFERENCING = 4;
  private static final int CREATOR_LENGTH = 4;

  /** Programs whose images are as large as they say, and not as their geometry does. */
  private static final Set<String> EXACT =
      Set.of("win ", "qem2", "d2v ", "tap\0", "CXS\0", "wa\0\0", "wa  ");

  /** What the largest geometry comes to; a larger disk cannot be told by it. */
  private static final long MAX_SECTORS = 65535L * 16 * 255;

  private VpcHeader() {}

  static boolean hasParent(ImageReader image) throws IOException {
    return image.read(0, FOOTER).getInt(60) == DIFFERENCING;
  }

  static long virtualSize(ImageReader image) throws IOException {
    ByteBuffer footer = image.read(0, FOOTER);
    byte[] creator = new byte[CREATOR_LENGTH];
    footer.get(28, creator);
    long sectors = (footer.getShort(56) & 0xffffL) * footer.get(58) * (footer.get(59) & 0xff);
    return EXACT.contains(new String(creator, StandardCharsets.ISO_8859_1))
            || sectors >= MAX_SECTORS
        ? footer.getLong(48)
        : sectors * SECTOR;
  }
}
