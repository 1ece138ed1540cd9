package io.guestfs;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Archives in the ustar format (POSIX.1-1988), of empty files. */
final class Tar {

  private static final int BLOCK = 512;

  private Tar() {}

  static byte[] ofEmptyFiles(List<String> names) {
    byte[] archive = new byte[(names.size() + 2) * BLOCK];
    for (int i = 0; i < names.size(); i++) {
      int at = i * BLOCK;
      put(archive, at, names.get(i));
      put(archive, at + 100, "0000644\0000000000\0000000000\00000000000000\00000000000000");
      put(archive, at + 148, "        0");
      put(archive, at + 257, "ustar\00000");
      int sum = 0;
      for (int j = at; j < at + BLOCK; j++) {
        sum += archive[j] & 0xff;
      }
      put(archive, at + 148, "%06o\0 ".formatted(sum));
    }
    return archive;
  }

  private static void put(byte[] archive, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, archive, at, bytes.length);
  }
}
