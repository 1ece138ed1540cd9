package io.guestfs.daemon.executable;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Heads of programs, and archives of them, for tests. */
final class Binaries {
  private Binaries() {}

  /** An ELF header and nothing else. */
  static byte[] elf(boolean is64Bit, boolean isBigEndian, int type, int machine) {
    ByteBuffer header = ByteBuffer.allocate(is64Bit ? 64 : 52);
    header.put("\u007fELF".getBytes(US_ASCII));
    header.put((byte) (is64Bit ? 2 : 1)).put((byte) (isBigEndian ? 2 : 1)).put((byte) 1);
    header.order(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    header.putShort(16, (short) type).putShort(18, (short) machine);
    return header.array();
  }

  /** A program for x86-64. */
  static byte[] x86() {
    return elf(true, false, 2, 62);
  }

  /** A PE file: the headers of DOS and of PE. */
  static byte[] pe(int machine) {
    ByteBuffer file = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    file.put(0, "MZ".getBytes(US_ASCII)).putInt(60, 128);
    file.put(128, "PE".getBytes(US_ASCII)).putShort(132, (short) machine);
    return file.array();
  }

  /** An archive with one file, or with one directory when there is no content, and its end. */
  static byte[] cpio(String name, byte[] content) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    cpioEntry(archive, name, content.length == 0 ? 040755 : 0100755, content);
    cpioEntry(archive, "TRAILER!!!", 0, new byte[0]);
    archive.writeBytes(new byte[512 - archive.size() % 512]);
    return archive.toByteArray();
  }

  private static void cpioEntry(
      ByteArrayOutputStream archive, String name, int mode, byte[] content) {
    int[] fields = {1, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length() + 1, 0};
    StringBuilder header = new StringBuilder("070701");
    for (int field : fields) {
      header.append(String.format("%08X", field));
    }
    archive.writeBytes((header + name + "\0").getBytes(US_ASCII));
    pad(archive);
    archive.writeBytes(content);
    pad(archive);
  }

  private static void pad(ByteArrayOutputStream archive) {
    archive.writeBytes(new byte[-archive.size() & 3]);
  }

  /** One behind the other. */
  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
