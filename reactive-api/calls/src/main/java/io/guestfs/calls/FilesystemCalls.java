package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Mountable;
import io.guestfs.protocol.annotation.Pathname;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Making file systems, changing what they are called, and telling what is where. */
@CallFamily
public interface FilesystemCalls {

  /**
   * All file systems found, mountable to type: on partitions, on disks without partitions, on
   * logical volumes and on RAID arrays. {@code swap} is listed, and {@code unknown} is what nothing
   * was recognised on; what only holds other devices is left out: physical volumes of LVM, members
   * of RAID, encrypted volumes, extended partitions. Of btrfs the default subvolume is listed as
   * the device, and the others each by themselves.
   */
  @Call(number = 476, name = "list_filesystems", since = "1.5.15")
  Mono<Map<@Mountable String, String>> listFilesystems();

  /** The type of the file system, such as {@code ext4}; empty when none is recognised. */
  @Call(number = 198, name = "vfs_type", since = "1.0.75")
  Mono<String> vfsType(@Mountable String mountable);

  /** The label of the file system; empty when it has none. */
  @Call(number = 253, name = "vfs_label", since = "1.3.18")
  Mono<String> vfsLabel(@Mountable String mountable);

  /** The UUID of the file system; empty when it has none. */
  @Call(number = 254, name = "vfs_uuid", since = "1.3.18")
  Mono<String> vfsUuid(@Mountable String mountable);

  /**
   * Makes a file system; what was on the device is lost.
   *
   * @param fstype {@code ext2}, {@code ext3}, {@code ext4}, {@code xfs}, {@code btrfs}, {@code
   *     vfat}, {@code ntfs}, …: there has to be a {@code mkfs.fstype} in the appliance
   */
  @Call(number = 278, name = "mkfs", since = "0.0.8")
  Mono<Void> mkfs(String fstype, @Device String device, MkfsOptions options);

  /** As {@link #mkfs(String, String, MkfsOptions)}, without options. */
  default Mono<Void> mkfs(String fstype, @Device String device) {
    return mkfs(fstype, device, MkfsOptions.defaults());
  }

  /** Optional arguments of {@link FilesystemCalls#mkfs(String, String, MkfsOptions)}. */
  @CallOptions
  interface Mkfs {

    /** The block size in bytes (for vfat and ntfs that of a cluster); else the tool decides. */
    int blocksize();

    /** Features to turn on or off, as the tool of the file system writes them. */
    String features();

    /** The size of an inode in bytes. */
    int inode();

    /** The sector size in bytes, where the file system knows one. */
    int sectorsize();

    /** The label. */
    String label();
  }

  /**
   * Makes a file system with blocks of this size in bytes.
   *
   * @deprecated replaced by {@link #mkfs(String, String, MkfsOptions)}
   */
  @Deprecated
  @Call(number = 187, name = "mkfs_b", since = "1.0.68")
  Mono<Void> mkfsB(String fstype, int blocksize, @Device String device);

  /**
   * Sets the label of a file system: of ext (at most 16 bytes), xfs (12), btrfs (255), vfat (11),
   * ntfs (128 characters), or of a swap area (15). An empty one removes it. xfs, btrfs and ntfs
   * must not be mounted. It fails with {@code ENOTSUP} for all other types.
   */
  @Call(number = 310, name = "set_label", since = "1.17.9")
  Mono<Void> setLabel(@Mountable String mountable, String label);

  /**
   * Sets the UUID of a file system: of ext, xfs, btrfs, or of a swap area. It must not be mounted,
   * except for ext. An ext file system that is not mounted is checked first, and what can safely be
   * repaired is. It fails with {@code ENOTSUP} for all other types.
   *
   * @param uuid 32 hexadecimal digits in the usual five groups
   */
  @Call(number = 403, name = "set_uuid", since = "1.23.10")
  Mono<Void> setUuid(@Device String device, String uuid);

  /** As {@link #setUuid}, with a new random UUID. */
  @Call(number = 456, name = "set_uuid_random", since = "1.29.50")
  Mono<Void> setUuidRandom(@Device String device);

  /**
   * The size in bytes to which a file system could be made smaller with what is in it now; for ext
   * an estimate. ext, ntfs and btrfs are served, and xfs, which cannot be made smaller at all. It
   * fails with {@code ENOTSUP} for all other types.
   */
  @Call(number = 457, name = "vfs_minimum_size", since = "1.31.18")
  Mono<Long> vfsMinimumSize(@Mountable String mountable);

  /**
   * Checks a file system that is not mounted, and repairs what can safely be repaired without
   * asking.
   *
   * @param fstype as for {@link #mkfs(String, String)}
   * @return the exit status of fsck(8), a sum of: 0 no errors, 1 errors that were corrected, 2 the
   *     system should be rebooted, 4 errors that are left, 8 a failure, 16 a wrong usage. All of
   *     them are results, none is an error of the call
   */
  @Call(number = 84, name = "fsck", since = "1.0.16")
  Mono<Integer> fsck(String fstype, @Device String device);

  /**
   * Tells the disk which blocks of a mounted file system are not used, so that an image can become
   * smaller. It fails with {@code ENOTSUP} when the file system cannot do it, or the disk does not
   * take it.
   *
   * @param mountpoint any path of the file system
   */
  @Call(number = 334, name = "fstrim", since = "1.19.6", group = "fstrim")
  Mono<Void> fstrim(@Pathname String mountpoint, FstrimOptions options);

  /** As {@link #fstrim(String, FstrimOptions)}, of the whole file system. */
  default Mono<Void> fstrim(@Pathname String mountpoint) {
    return fstrim(mountpoint, FstrimOptions.defaults());
  }

  /** Optional arguments of {@link FilesystemCalls#fstrim(String, FstrimOptions)}. */
  @CallOptions
  interface Fstrim {

    /** Where in the file system to begin, in bytes; else at its start. */
    long offset();

    /** How many bytes of the file system to look at; else all. */
    long length();

    /** The size in bytes that a free range must have to be told of; else any. */
    long minimumfreeextent();
  }

  /** Makes an f2fs file system that is not mounted as large as its device. */
  @Call(number = 505, name = "f2fs_expand", since = "1.39.3", group = "f2fs")
  Mono<Void> f2fsExpand(@Device String device);

  /** The state of the file system that holds a path. */
  @Call(number = 54, name = "statvfs", since = "1.9.2")
  Mono<StatVFS> statvfs(@Pathname String path);

  /** What df(1) prints of the mounted file systems; for people, not for programs. */
  @Call(number = 125, name = "df", since = "1.0.54")
  Mono<String> df();

  /** As {@link #df}, with sizes in units that people read. */
  @Call(number = 126, name = "df_h", since = "1.0.54")
  Mono<String> dfH();

  /**
   * Writes everything that is cached in the appliance to the disks; {@code EIO} when since the last
   * time something of a mounted file system could not be written, and so is lost.
   */
  @Call(number = 2, name = "sync", since = "0.0.3")
  Mono<Void> sync();
}
