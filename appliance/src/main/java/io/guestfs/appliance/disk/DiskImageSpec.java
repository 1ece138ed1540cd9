package io.guestfs.appliance.disk;

import io.guestfs.appliance.DiskFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk image to make.
 *
 * @param image where it is made; what is there is replaced
 * @param format {@link DiskFormat#RAW} or {@link DiskFormat#QCOW2}
 * @param sizeBytes the size of the disk; −1 for that of the backing file
 * @param backingFile for qcow2, the image below it as it is to stand in the new one; null for none
 * @param backingFormat its format; detected when null
 * @param preallocation {@code off}, {@code sparse}, {@code full}, or for qcow2 {@code metadata};
 *     off when null
 * @param compat for qcow2, {@code 0.10} or {@code 1.1}; the newer when null
 * @param clusterSize for qcow2, bytes of a cluster; the default when null
 */
public record DiskImageSpec(
    Path image,
    DiskFormat format,
    long sizeBytes,
    @Nullable String backingFile,
    @Nullable DiskFormat backingFormat,
    @Nullable String preallocation,
    @Nullable String compat,
    @Nullable Integer clusterSize) {

  private static final int MIN_CLUSTER = 512;
  private static final int MAX_CLUSTER = 2 * 1024 * 1024;

  /**
   * Refuses what no image can be.
   *
   * @throws IllegalArgumentException says what is wrong
   */
  public DiskImageSpec {
    image = image.toAbsolutePath();
    boolean qcow2 = format == DiskFormat.QCOW2;
    check(qcow2 || format == DiskFormat.RAW, "format must be raw or qcow2");
    check(sizeBytes >= 0 || (sizeBytes == -1 && backingFile != null), "size is negative");
    check(
        preallocation == null
            || List.of("off", "sparse", "full").contains(preallocation)
            || (qcow2 && preallocation.equals("metadata")),
        "preallocation cannot be " + preallocation);
    check(qcow2 || backingFile == null, "a raw image has no backing file");
    check(backingFormat == null || backingFile != null, "there is a backing format, but no file");
    check(
        compat == null || (qcow2 && List.of("0.10", "1.1").contains(compat)),
        "compat cannot be " + compat);
    check(
        clusterSize == null
            || (qcow2
                && clusterSize >= MIN_CLUSTER
                && clusterSize <= MAX_CLUSTER
                && Integer.bitCount(clusterSize) == 1),
        "clustersize cannot be " + clusterSize);
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  boolean isFull() {
    return "full".equals(preallocation);
  }

  /** The options of qemu's driver. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    if (preallocation != null && !preallocation.equals("sparse")) {
      options.add("preallocation=" + preallocation);
    }
    if (compat != null) {
      options.add("compat=" + compat);
    }
    if (clusterSize != null) {
      options.add("cluster_size=" + clusterSize);
    }
    return options;
  }

  /** The format of the backing file; qemu is told, so that it does not probe. */
  String detectBackingFormat() throws IOException {
    if (backingFormat != null) {
      return backingFormat.qemuName();
    }
    Path backing = image.resolveSibling(String.valueOf(backingFile));
    if (!Files.exists(backing)) {
      throw new IOException("the backing file " + backing + " does not exist");
    }
    try (ImageHeader header = new ImageHeader(backing)) {
      return header.format().qemuName();
    }
  }
}
