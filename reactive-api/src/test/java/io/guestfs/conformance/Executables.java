package io.guestfs.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Programs and libraries that are nothing but headers: enough to tell what they are for. */
final class Executables {

  private static final int ELF_PROGRAM = 2;
  private static final int ELF_LIBRARY = 3;
  private static final short PE32 = 0x10b;
  private static final short PE32_PLUS = 0x20b;

  /** An ELF machine: bits, byte order, number and flags in the header. */
  private record Machine(String name, int bits, ByteOrder order, int number, int flags) {}

  private static final List<Machine> MACHINES =
      List.of(
          new Machine("aarch64", 64, ByteOrder.LITTLE_ENDIAN, 183, 0),
          new Machine("armv7", 32, ByteOrder.LITTLE_ENDIAN, 40, 0x05000402),
          new Machine("i586", 32, ByteOrder.LITTLE_ENDIAN, 3, 0),
          new Machine("ia64", 64, ByteOrder.LITTLE_ENDIAN, 50, 0x10),
          new Machine("loongarch64", 64, ByteOrder.LITTLE_ENDIAN, 258, 0x43),
          new Machine("mipsel", 32, ByteOrder.LITTLE_ENDIAN, 8, 0x10001005),
          new Machine("ppc64", 64, ByteOrder.BIG_ENDIAN, 21, 1),
          new Machine("ppc64le", 64, ByteOrder.LITTLE_ENDIAN, 21, 2),
          new Machine("riscv64", 64, ByteOrder.LITTLE_ENDIAN, 243, 0),
          new Machine("s390x", 64, ByteOrder.BIG_ENDIAN, 22, 0),
          new Machine("sparc", 32, ByteOrder.BIG_ENDIAN, 18, 0x100),
          new Machine("x86_64", 64, ByteOrder.LITTLE_ENDIAN, 62, 0));

  private Executables() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Machine machine : MACHINES) {
      files.put("bin-" + machine.name + "-dynamic", elf(machine, ELF_PROGRAM));
      files.put("lib-" + machine.name + ".so", elf(machine, ELF_LIBRARY));
    }
    files.put("bin-win32.exe", pe(0x14c, PE32, 0x0107));
    files.put("bin-win64.exe", pe(0x8664, PE32_PLUS, 0x0027));
    files.put("lib-win32.dll", pe(0x14c, PE32, 0x2106));
    files.put("lib-win64.dll", pe(0x8664, PE32_PLUS, 0x2026));
    return files;
  }

  private static byte[] elf(Machine machine, int type) {
    boolean wide = machine.bits == 64;
    int size = wide ? 64 : 52;
    ByteBuffer header = ByteBuffer.allocate(size).order(machine.order);
    header.put(new byte[] {0x7f, 'E', 'L', 'F'});
    header.put((byte) (wide ? 2 : 1));
    header.put((byte) (machine.order == ByteOrder.LITTLE_ENDIAN ? 1 : 2));
    header.put((byte) 1).position(16);
    header.putShort((short) type).putShort((short) machine.number).putInt(1);
    // After entry point and table offsets, which are 0.
    header.position(wide ? 48 : 36);
    header.putInt(machine.flags).putShort((short) size);
    return header.array();
  }

  private static byte[] pe(int machine, short magic, int characteristics) {
    int dosBytes = 64;
    int optionalBytes = magic == PE32 ? 224 : 240;
    ByteBuffer file =
        ByteBuffer.allocate(dosBytes + 24 + optionalBytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {'M', 'Z'}).putInt(60, dosBytes).position(dosBytes);
    file.put(new byte[] {'P', 'E', 0, 0}).putShort((short) machine);
    file.position(dosBytes + 20);
    file.putShort((short) optionalBytes).putShort((short) characteristics).putShort(magic);
    // The subsystem: for a console.
    file.putShort(dosBytes + 24 + 68, (short) 3);
    return file.array();
  }
}
