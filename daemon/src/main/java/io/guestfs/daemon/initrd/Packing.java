package io.guestfs.daemon.initrd;

import io.guestfs.daemon.tool.Tool;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How content is packed, by its first bytes, and the program that unpacks it. */
public enum Packing {
  GZIP("1f8b", "gzip"),
  BZIP2("425a68", "bzip2"),
  XZ("fd377a585a00", "xz"),
  LZMA("5d0000", "xz", "--format=lzma"),
  ZSTD("28b52ffd", "zstd"),
  LZ4("04224d18", "lz4"),
  /** As the kernel takes it for initial RAM disks. */
  LZ4_LEGACY("02214c18", "lz4"),
  LZOP("894c5a4f", "lzop");

  private static final int MAGIC_MAX = 6;

  /** In hexadecimal. */
  private final String magic;

  private final String program;
  private final String option;

  Packing(String magic, String program) {
    this(magic, program, "--decompress");
  }

  Packing(String magic, String program, String option) {
    this.magic = magic;
    this.program = program;
    this.option = option;
  }

  /** The packing of content that begins so; null for none that is known. */
  public static @Nullable Packing of(ByteBuffer head) {
    byte[] bytes = new byte[Math.min(head.remaining(), MAGIC_MAX)];
    head.get(head.position(), bytes);
    String start = HexFormat.of().formatHex(bytes);
    for (Packing packing : values()) {
      if (start.startsWith(packing.magic)) {
        return packing;
      }
    }
    return null;
  }

  /** Unpacks from standard input to standard output. */
  public Tool unpacker() {
    return Tool.of(program, "-d", "-c", option);
  }
}
