package io.guestfs.appliance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** What the metadata of a VHDX image says. Layout: MS-VHDX, sections 2.2.3 and 2.6. */
final class VhdxHeader {

  private static final int KIB = 1024;
  private static final long REGION_TABLE = 192L * KIB;
  private static final int REGION_ENTRY = 16;
  private static final int METADATA_ENTRY = 32;
  private static final int ENTRY_LENGTH = 32;
  private static final int MAX_ENTRIES = 2047;
  private static final int HAS_PARENT = 2;
  private static final int GUID_LENGTH = 16;

  // GUIDs as they are on the disk, the first three parts little-endian.
  private static final String METADATA_REGION = "06a27c8b90479a4bb8fe575f050f886e";
  private static final String FILE_PARAMETERS = "3767a1ca36fa434db3b633f0aa44e76b";
  private static final String VIRTUAL_DISK_SIZE = "2442a52f1bcd7648b2115dbed83bf4b8";

  private VhdxHeader() {}

  static long virtualSize(ImageReader image) throws IOException {
    return item(image, VIRTUAL_DISK_SIZE).getLong();
  }

  static boolean hasParent(ImageReader image) throws IOException {
    return (item(image, FILE_PARAMETERS).getInt(Integer.BYTES) & HAS_PARENT) != 0;
  }

  private static ByteBuffer item(ImageReader image, String guid) throws IOException {
    int regions = little(image, REGION_TABLE, 16).getInt(8);
    long metadata = find(image, METADATA_REGION, REGION_TABLE + REGION_ENTRY, regions).getLong(16);
    int items = little(image, metadata, 16).getShort(10) & 0xffff;
    int offset = find(image, guid, metadata + METADATA_ENTRY, items).getInt(16);
    return little(image, metadata + offset, Long.BYTES);
  }

  private static ByteBuffer find(ImageReader image, String guid, long table, int entries)
      throws IOException {
    for (int i = 0; i < Math.min(entries, MAX_ENTRIES); i++) {
      ByteBuffer entry = little(image, table + (long) i * ENTRY_LENGTH, ENTRY_LENGTH);
      byte[] name = new byte[GUID_LENGTH];
      entry.get(0, name);
      if (HexFormat.of().formatHex(name).equals(guid)) {
        return entry;
      }
    }
    throw new IOException("a VHDX image without " + guid);
  }

  private static ByteBuffer little(ImageReader image, long offset, int length) throws IOException {
    return image.read(offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
