package io.guestfs.appliance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a qcow2 header says about other files. Layout: qemu, {@code docs/interop/qcow2.txt}.
 *
 * @param encrypted whether the content is encrypted
 * @param backingFile name of the backing image as written, or null
 * @param backingFormat its format as written, or null
 * @param dataFile name of the external data file as written; empty when there is one without a
 *     name, null when there is none
 */
record Qcow2Header(
    boolean encrypted,
    @Nullable String backingFile,
    @Nullable String backingFormat,
    @Nullable String dataFile) {

  private static final int V2_LENGTH = 72;
  private static final int V3_LENGTH = 104;
  private static final int MAX_BACKING_NAME = 1023;
  private static final long EXTERNAL_DATA_FILE = 1L << 2;
  private static final int EXTENSION_END = 0;
  private static final int EXTENSION_BACKING_FORMAT = 0xE2792ACA;
  private static final int EXTENSION_DATA_FILE = 0x44415441;

  /** As many as fit in the part of the header that is read, and a bound for the loop. */
  private static final int MAX_EXTENSIONS = 256;

  static Qcow2Header read(ImageReader image) throws IOException {
    ByteBuffer head = image.read(0, V3_LENGTH);
    int version = head.getInt(4);
    if (version != 2 && version != 3) {
      throw new IOException("qcow2 version " + version + " is not known");
    }
    Extensions extensions =
        Extensions.read(image, version == 2 ? V2_LENGTH : Math.max(head.getInt(100), V3_LENGTH));
    boolean external = version == 3 && (head.getLong(72) & EXTERNAL_DATA_FILE) != 0;
    String dataFile = extensions.dataFile == null ? "" : extensions.dataFile;
    return new Qcow2Header(
        head.getInt(32) != 0,
        backingName(image, head.getLong(8), head.getInt(16)),
        extensions.backingFormat,
        external ? dataFile : null);
  }

  static @Nullable String backingName(ImageReader image, long offset, int length)
      throws IOException {
    if (offset == 0) {
      return null;
    }
    if (length < 1 || length > MAX_BACKING_NAME) {
      throw new IOException("the name of its backing image has a length of " + length);
    }
    return image.readString(offset, length);
  }

  private static final class Extensions {

    private @Nullable String backingFormat;
    private @Nullable String dataFile;

    static Extensions read(ImageReader image, int headerLength) throws IOException {
      Extensions found = new Extensions();
      long offset = headerLength;
      for (int i = 0; i < MAX_EXTENSIONS; i++) {
        ByteBuffer extension = image.read(offset, 8);
        int type = extension.getInt();
        int length = extension.getInt();
        if (type == EXTENSION_BACKING_FORMAT) {
          found.backingFormat = image.readString(offset + 8, length);
        } else if (type == EXTENSION_DATA_FILE) {
          found.dataFile = image.readString(offset + 8, length);
        } else if (type == EXTENSION_END || length < 0 || length > ImageReader.MAX_PIECE) {
          break;
        }
        offset += 8 + ((length + 7L) & ~7L);
      }
      return found;
    }
  }
}
