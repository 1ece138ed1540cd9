package io.guestfs.daemon.executable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The head of an ELF or PE file, which names the processor that the file is for. */
final class ProgramHeader {
  /** So much of a file is enough: where a PE header is elsewhere, nobody has seen one. */
  static final int SIZE = 4096;

  private static final int ELF_MAGIC = 0x7f454c46;
  private static final int ELF_HEADER_SIZE = 52;
  private static final int ELF_64_BIT = 2;
  private static final int ELF_LITTLE_ENDIAN = 1;
  private static final int ELF_RELOCATABLE = 1;
  private static final int ELF_SHARED_OBJECT = 3;

  private static final short DOS_MAGIC = 0x5a4d;
  private static final int DOS_HEADER_SIZE = 64;
  private static final int PE_OFFSET_AT = 60;
  private static final int PE_MAGIC = 0x4550;

  private ProgramHeader() {}

  /** The processor, null when the content is neither ELF nor PE or the processor is unknown. */
  static @Nullable String architecture(ByteBuffer content) {
    ByteBuffer head = content.slice();
    if (head.remaining() >= ELF_HEADER_SIZE && head.getInt(0) == ELF_MAGIC) {
      return elf(head);
    }
    head.order(ByteOrder.LITTLE_ENDIAN);
    if (head.remaining() >= DOS_HEADER_SIZE && head.getShort(0) == DOS_MAGIC) {
      return pe(head, head.getInt(PE_OFFSET_AT));
    }
    return null;
  }

  private static @Nullable String elf(ByteBuffer head) {
    boolean is64Bit = head.get(4) == ELF_64_BIT;
    boolean isLittleEndian = head.get(5) == ELF_LITTLE_ENDIAN;
    head.order(isLittleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int type = head.getShort(16);
    if (type < ELF_RELOCATABLE || type > ELF_SHARED_OBJECT) {
      return null;
    }
    return switch (Short.toUnsignedInt(head.getShort(18))) {
      case 2, 18 -> "sparc";
      case 3, 6 -> "i386";
      case 4 -> "m68k";
      case 8 -> mips(is64Bit, isLittleEndian);
      case 15 -> "parisc";
      case 20 -> "ppc";
      case 21 -> isLittleEndian ? "ppc64le" : "ppc64";
      case 22 -> is64Bit ? "s390x" : "s390";
      case 40 -> "arm";
      case 42 -> "sh4";
      case 43 -> "sparc64";
      case 50 -> "ia64";
      case 62 -> "x86_64";
      case 183 -> "aarch64";
      case 243 -> is64Bit ? "riscv64" : "riscv32";
      case 258 -> is64Bit ? "loongarch64" : "loongarch32";
      case 0x9026 -> "alpha";
      default -> null;
    };
  }

  private static String mips(boolean is64Bit, boolean isLittleEndian) {
    return "mips" + (is64Bit ? "64" : "") + (isLittleEndian ? "el" : "");
  }

  private static @Nullable String pe(ByteBuffer head, int offset) {
    if (offset < 0 || offset > head.remaining() - 6 || head.getInt(offset) != PE_MAGIC) {
      return null;
    }
    return switch (Short.toUnsignedInt(head.getShort(offset + 4))) {
      case 0x14c -> "i386";
      case 0x1c0, 0x1c2, 0x1c4 -> "arm";
      case 0x200 -> "ia64";
      case 0x8664 -> "x86_64";
      case 0xaa64 -> "aarch64";
      default -> null;
    };
  }
}
