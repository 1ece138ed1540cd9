package io.guestfs.daemon.filesystem;

import io.guestfs.calls.MkfsOptions;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.ToolOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code mkfs.TYPE} is told what to do. Options are written as for {@link ToolOptions}; null
 * stands for one that the program does not have.
 *
 * @param always arguments of every run: no questions, and no fear of a whole disk or of what was
 *     there
 * @param blocksize how the block size is given in bytes
 * @param labelMax the most bytes of a label
 */
record MkfsSyntax(
    List<String> always,
    @Nullable String blocksize,
    @Nullable String features,
    @Nullable String inode,
    @Nullable String sectorsize,
    @Nullable String label,
    int labelMax) {

  private static final MkfsSyntax EXT =
      new MkfsSyntax(List.of("-F"), "-b ", "-O ", "-I ", null, "-L ", 16);
  private static final MkfsSyntax XFS =
      new MkfsSyntax(List.of("-f"), "-b size=", null, "-i size=", "-s size=", "-L ", 12);
  // What btrfs has are nodes and sectors; neither is the block size of other file systems.
  private static final MkfsSyntax BTRFS =
      new MkfsSyntax(List.of("-f"), null, "-O ", null, "-s ", "-L ", 255);
  // Without --mbr=n a whole disk would get a partition table that is not one. The size of a cluster
  // is given in sectors: see fatClusterSize.
  private static final MkfsSyntax FAT =
      new MkfsSyntax(List.of("-I", "--mbr=n"), null, null, null, "-S ", "-n ", 11);
  // Not quick, it would write and check every block.
  private static final MkfsSyntax NTFS =
      new MkfsSyntax(List.of("-Q", "-F"), "-c ", null, null, "-s ", "-L ", 128);
  private static final MkfsSyntax EXFAT =
      new MkfsSyntax(List.of(), "-c ", null, null, null, "-L ", 33);
  private static final MkfsSyntax F2FS =
      new MkfsSyntax(List.of("-f"), null, "-O ", null, "-w ", "-l ", 512);
  private static final MkfsSyntax JFS =
      new MkfsSyntax(List.of("-q"), null, null, null, null, "-L ", 16);
  private static final MkfsSyntax NILFS2 =
      new MkfsSyntax(List.of("-f"), "-b ", "-O ", null, null, "-L ", 80);
  private static final MkfsSyntax REISERFS =
      new MkfsSyntax(List.of("-q", "-f", "-f"), "-b ", null, null, null, "-l ", 16);
  // Labels are taken as bytes of UTF-8 only after --utf8.
  private static final MkfsSyntax UDF =
      new MkfsSyntax(List.of("--utf8"), "-b ", null, null, null, "-l ", 254);
  private static final MkfsSyntax OTHER =
      new MkfsSyntax(List.of(), null, null, null, null, null, 0);

  private static final int FAT_CLUSTER_SECTORS_MAX = 128;

  static MkfsSyntax of(String fstype) {
    return switch (fstype) {
      case "ext2", "ext3", "ext4" -> EXT;
      case "xfs" -> XFS;
      case "btrfs" -> BTRFS;
      case "fat", "vfat", "msdos" -> FAT;
      case "ntfs" -> NTFS;
      case "exfat" -> EXFAT;
      case "f2fs" -> F2FS;
      case "jfs" -> JFS;
      case "nilfs2" -> NILFS2;
      case "reiserfs" -> REISERFS;
      case "udf" -> UDF;
      default -> OTHER;
    };
  }

  /**
   * The arguments for these options, the device not among them.
   *
   * @param deviceSectorSize in bytes
   */
  List<String> arguments(String fstype, MkfsOptions options, int deviceSectorSize) {
    List<String> arguments = new ArrayList<>(always);
    Integer blockBytes = options.blocksize();
    if (blockBytes != null && equals(FAT)) {
      Integer given = options.sectorsize();
      int sector = given == null ? deviceSectorSize : requirePositive("sectorsize", given);
      arguments.addAll(
          List.of("-s", fatClusterSize(fstype, requirePowerOfTwo(blockBytes), sector)));
    } else if (blockBytes != null) {
      add(arguments, fstype, "block size", blocksize, requirePowerOfTwo(blockBytes));
    }
    if (options.features() != null) {
      add(arguments, fstype, "list of features", features, options.features());
    }
    if (options.inode() != null) {
      add(arguments, fstype, "inode size", inode, requirePositive("inode", options.inode()));
    }
    if (options.sectorsize() != null) {
      int bytes = requirePositive("sectorsize", options.sectorsize());
      add(arguments, fstype, "sector size", sectorsize, bytes);
    }
    if (options.label() != null) {
      add(arguments, fstype, "label", label, options.label());
      FilesystemLabel.check(fstype, options.label(), labelMax);
    }
    return arguments;
  }

  private static void add(
      List<String> arguments, String fstype, String what, @Nullable String option, Object value) {
    if (option == null) {
      throw new CallException(Errno.EINVAL, "mkfs." + fstype + " cannot be given a " + what);
    }
    arguments.addAll(new ToolOptions().value(option, value).arguments());
  }

  private static String fatClusterSize(String fstype, int bytes, int bytesPerSector) {
    int sectors = bytes / bytesPerSector;
    if (sectors < 1 || sectors > FAT_CLUSTER_SECTORS_MAX) {
      throw new CallException(
          Errno.EINVAL,
          "blocksize %d: a cluster of %s has 1 to %d sectors of %d bytes"
              .formatted(bytes, fstype, FAT_CLUSTER_SECTORS_MAX, bytesPerSector));
    }
    return Integer.toString(sectors);
  }

  private static int requirePowerOfTwo(int blocksize) {
    if (blocksize <= 0 || Integer.bitCount(blocksize) != 1) {
      throw new CallException(Errno.EINVAL, "blocksize " + blocksize + " is not a power of two");
    }
    return blocksize;
  }

  private static int requirePositive(String option, int value) {
    if (value <= 0) {
      throw new CallException(Errno.EINVAL, option + " " + value + " is not positive");
    }
    return value;
  }
}
