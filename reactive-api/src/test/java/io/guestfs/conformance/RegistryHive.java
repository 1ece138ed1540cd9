package io.guestfs.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A Windows registry hive with a root key and nothing in it. */
final class RegistryHive {

  private static final int PAGE = 4096;
  private static final int NONE = -1;
  private static final int ROOT_CELL = 32;
  private static final int ROOT_CELL_BYTES = 96;
  private static final int SECURITY_CELL = ROOT_CELL + ROOT_CELL_BYTES;
  private static final int SECURITY_CELL_BYTES = 48;
  private static final int FREE_CELL = SECURITY_CELL + SECURITY_CELL_BYTES;
  private static final int CHECKSUM = 508;

  /** A root key that cannot be removed, with a name in ASCII. */
  private static final short ROOT_KEY = 0x2c;

  private RegistryHive() {}

  static byte[] empty() {
    ByteBuffer hive = ByteBuffer.allocate(2 * PAGE).order(ByteOrder.LITTLE_ENDIAN);
    rootKey(hive);
    security(hive);
    hive.putInt(PAGE + FREE_CELL, PAGE - FREE_CELL);
    hive.put(PAGE, "hbin".getBytes(US_ASCII)).putInt(PAGE + 8, PAGE);
    header(hive);
    return hive.array();
  }

  private static void header(ByteBuffer hive) {
    hive.put(0, "regf".getBytes(US_ASCII)).putInt(4, 1).putInt(8, 1);
    hive.putInt(20, 1).putInt(24, 3).putInt(32, 1);
    hive.putInt(36, ROOT_CELL).putInt(40, PAGE).putInt(44, 1);
    int checksum = 0;
    for (int at = 0; at < CHECKSUM; at += Integer.BYTES) {
      checksum ^= hive.getInt(at);
    }
    hive.putInt(CHECKSUM, checksum);
  }

  /** The size of a cell in use is negative. */
  private static void rootKey(ByteBuffer hive) {
    byte[] name = "$$$PROTO.HIV".getBytes(US_ASCII);
    int key = PAGE + ROOT_CELL;
    hive.putInt(key, -ROOT_CELL_BYTES).put(key + 4, "nk".getBytes(US_ASCII));
    hive.putShort(key + 6, ROOT_KEY).putInt(key + 20, NONE);
    hive.putInt(key + 32, NONE).putInt(key + 36, NONE).putInt(key + 44, NONE);
    hive.putInt(key + 48, SECURITY_CELL).putInt(key + 52, NONE);
    hive.putShort(key + 76, (short) name.length).put(key + 80, name);
  }

  /** A security descriptor without owner and lists, shared by all keys: a ring of one. */
  private static void security(ByteBuffer hive) {
    int cell = PAGE + SECURITY_CELL;
    hive.putInt(cell, -SECURITY_CELL_BYTES).put(cell + 4, "sk".getBytes(US_ASCII));
    hive.putInt(cell + 8, SECURITY_CELL).putInt(cell + 12, SECURITY_CELL);
    hive.putInt(cell + 16, 1).putInt(cell + 20, 20).put(cell + 24, (byte) 1);
  }
}
