package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import reactor.core.publisher.Mono;

/** Making ext2, ext3 and ext4 file systems, and journals for them on devices of their own. */
@CallFamily
public interface Mke2fsCalls {

  /**
   * Makes an ext2, ext3 or ext4 file system; what was on the device is lost. {@link
   * FilesystemCalls#mkfs(String, String)} is the simpler one.
   */
  @Call(number = 368, name = "mke2fs", since = "1.19.44")
  Mono<Void> mke2fs(@Device String device, Mke2fsOptions options);

  /** As {@link #mke2fs(String, Mke2fsOptions)}, without options: an ext2 file system. */
  default Mono<Void> mke2fs(@Device String device) {
    return mke2fs(device, Mke2fsOptions.defaults());
  }

  /**
   * Optional arguments of {@link Mke2fsCalls#mke2fs(String, Mke2fsOptions)}. For what is not given,
   * mke2fs(8) and its configuration decide. Each feature can be turned on and off.
   */
  @CallOptions
  interface Mke2fs {

    /** The size of the file system in blocks. */
    long blockscount();

    /** The size of a block in bytes. */
    long blocksize();

    /** The size of a fragment in bytes. */
    long fragsize();

    /** How many blocks a group has. */
    long blockspergroup();

    /** How many groups are packed together, where {@link #flexbg} is on. */
    long numberofgroups();

    /** One inode is made for each so many bytes. */
    long bytesperinode();

    /** The size of an inode in bytes. */
    long inodesize();

    /** The size of the journal in megabytes of 2²⁰ bytes. */
    long journalsize();

    /** How many inodes there are. */
    long numberofinodes();

    /** How many blocks lie on one disk of a RAID array before the next. */
    long stridesize();

    /** How many blocks a stripe of a RAID array has. */
    long stripewidth();

    /** To how many blocks the file system can grow while it is mounted. */
    long maxonlineresize();

    /** Which part of the blocks is reserved, in percent. */
    int reservedblockspercentage();

    /** How often multiple mount protection checks, in seconds. */
    int mmpupdateinterval();

    /** Where the journal is: a device, {@code LABEL=label} or {@code UUID=uuid}. */
    String journaldevice();

    /** The label, at most 16 bytes. */
    String label();

    /** The directory it was last mounted on, as it says. */
    String lastmounteddir();

    /** The operating system that made it, as it says. */
    String creatoros();

    /** {@code ext2}, {@code ext3} or {@code ext4}. */
    String fstype();

    /** What it is used for, such as {@code largefile}, which decides about its proportions. */
    String usagetype();

    /** The UUID, or {@code clear}, {@code random} or {@code time}. */
    String uuid();

    /** Makes it even where that looks wrong. */
    boolean forcecreate();

    /** Writes only superblocks and the descriptions of groups, in an attempt to rescue. */
    boolean writesbandgrouponly();

    /** Leaves it to the kernel to clear the tables of inodes after the first mount. */
    boolean lazyitableinit();

    /** Does not clear the journal. */
    boolean lazyjournalinit();

    /** Marks it as one that is used with experimental code. */
    boolean testfs();

    /** Discards the blocks of the device first. */
    boolean discard();

    /** Prepares quotas of users and of groups, where {@link #quota} is on. */
    boolean quotatype();

    /** The feature {@code extent}. */
    boolean extent();

    /** The feature {@code filetype}. */
    boolean filetype();

    /** The feature {@code flex_bg}. */
    boolean flexbg();

    /** The feature {@code has_journal}. */
    boolean hasjournal();

    /** The feature {@code journal_dev}: the whole device becomes a journal. */
    boolean journaldev();

    /** The feature {@code large_file}. */
    boolean largefile();

    /** The feature {@code quota}. */
    boolean quota();

    /** The feature {@code resize_inode}. */
    boolean resizeinode();

    /** The feature {@code sparse_super}. */
    boolean sparsesuper();

    /** The feature {@code uninit_bg}. */
    boolean uninitbg();
  }

  /**
   * Makes a file system whose journal is on another device.
   *
   * @param blocksize in bytes, that of the journal
   * @param journal a device that {@link #mke2journal} made
   * @deprecated replaced by {@link #mke2fs(String, Mke2fsOptions)}
   */
  @Deprecated
  @Call(number = 191, name = "mke2fs_J", since = "1.0.68")
  Mono<Void> mke2fsJ(String fstype, int blocksize, @Device String device, @Device String journal);

  /**
   * Makes a file system whose journal is on the device with this label.
   *
   * @param blocksize in bytes, that of the journal
   * @deprecated replaced by {@link #mke2fs(String, Mke2fsOptions)}
   */
  @Deprecated
  @Call(number = 192, name = "mke2fs_JL", since = "1.0.68")
  Mono<Void> mke2fsJL(String fstype, int blocksize, @Device String device, String label);

  /**
   * Makes a file system whose journal is on the device with this UUID.
   *
   * @param blocksize in bytes, that of the journal
   * @deprecated replaced by {@link #mke2fs(String, Mke2fsOptions)}
   */
  @Deprecated
  @Call(number = 193, name = "mke2fs_JU", since = "1.0.68", group = "linuxfsuuid")
  Mono<Void> mke2fsJU(String fstype, int blocksize, @Device String device, String uuid);

  /**
   * Makes a device a journal.
   *
   * @param blocksize in bytes
   * @deprecated replaced by {@link #mke2fs(String, Mke2fsOptions)}
   */
  @Deprecated
  @Call(number = 188, name = "mke2journal", since = "1.0.68")
  Mono<Void> mke2journal(int blocksize, @Device String device);

  /**
   * Makes a device a journal with a label.
   *
   * @param blocksize in bytes
   * @deprecated replaced by {@link #mke2fs(String, Mke2fsOptions)}
   */
  @Deprecated
  @Call(number = 189, name = "mke2journal_L", since = "1.0.68")
  Mono<Void> mke2journalL(int blocksize, String label, @Device String device);

  /**
   * Makes a device a journal with a UUID.
   *
   * @param blocksize in bytes
   * @deprecated replaced by {@link #mke2fs(String, Mke2fsOptions)}
   */
  @Deprecated
  @Call(number = 190, name = "mke2journal_U", since = "1.0.68", group = "linuxfsuuid")
  Mono<Void> mke2journalU(int blocksize, String uuid, @Device String device);
}
