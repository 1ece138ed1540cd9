package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Pathname;
import java.util.Map;
import reactor.core.publisher.Mono;

/** What is particular to ext2, ext3 and ext4. {@link Mke2fsCalls} makes them. */
@CallFamily
public interface ExtCalls {

  /**
   * Checks a file system that is not mounted, even if it says that it is clean. The call fails,
   * with what the check found as the message, when errors are left, and succeeds when there were
   * none or all were corrected. Without options nothing is changed, as with {@link E2fsck#forceno}.
   */
  @Call(number = 304, name = "e2fsck", since = "1.15.17")
  Mono<Void> e2fsck(@Device String device, E2fsckOptions options);

  /** As {@link #e2fsck(String, E2fsckOptions)}, without options. */
  default Mono<Void> e2fsck(@Device String device) {
    return e2fsck(device, E2fsckOptions.defaults());
  }

  /**
   * Optional arguments of {@link ExtCalls#e2fsck(String, E2fsckOptions)}, of which one may be set.
   */
  @CallOptions
  interface E2fsck {

    /** Corrects what can be corrected safely. */
    boolean correct();

    /** Answers every question with yes, and so corrects everything, at the risk of losing some. */
    boolean forceall();

    /** Answers every question with no: nothing is changed. */
    boolean forceno();
  }

  /**
   * Checks a file system and corrects what can be corrected safely.
   *
   * @deprecated replaced by {@link #e2fsck(String, E2fsckOptions)}
   */
  @Deprecated
  @Call(number = 108, name = "e2fsck_f", since = "1.0.29")
  Mono<Void> e2fsckF(@Device String device);

  /**
   * The label.
   *
   * @deprecated replaced by {@link FilesystemCalls#vfsLabel}
   */
  @Deprecated
  @Call(number = 81, name = "get_e2label", since = "1.0.15")
  Mono<String> getE2label(@Device String device);

  /**
   * Sets the label.
   *
   * @deprecated replaced by {@link FilesystemCalls#setLabel}
   */
  @Deprecated
  @Call(number = 80, name = "set_e2label", since = "1.0.15")
  Mono<Void> setE2label(@Device String device, String label);

  /**
   * The UUID.
   *
   * @deprecated replaced by {@link FilesystemCalls#vfsUuid}
   */
  @Deprecated
  @Call(number = 83, name = "get_e2uuid", since = "1.0.15")
  Mono<String> getE2uuid(@Device String device);

  /**
   * Sets the UUID.
   *
   * @param uuid the UUID, or {@code clear}, {@code random} or {@code time}
   * @deprecated replaced by {@link FilesystemCalls#setUuid}
   */
  @Deprecated
  @Call(number = 82, name = "set_e2uuid", since = "1.0.15")
  Mono<Void> setE2uuid(@Device String device, String uuid);

  /**
   * Makes the directory {@code lost+found} with room for many entries, which a check puts files
   * into that it finds nowhere else. It fails when there is one.
   *
   * @param mountpoint where the file system is mounted
   */
  @Call(number = 374, name = "mklost_and_found", since = "1.19.56")
  Mono<Void> mklostAndFound(@Pathname String mountpoint);

  /**
   * Makes a file system as large as its device. One that is not mounted is checked first, and what
   * can safely be repaired is; one that is mounted can only become larger.
   */
  @Call(number = 106, name = "resize2fs", since = "1.0.27")
  Mono<Void> resize2fs(@Device String device);

  /** Makes a file system that is not mounted as small as it can be. */
  @Call(number = 281, name = "resize2fs_M", since = "1.9.4")
  Mono<Void> resize2fsM(@Device String device);

  /**
   * As {@link #resize2fs}, to a given size.
   *
   * @param size in bytes, a multiple of 1024
   */
  @Call(number = 248, name = "resize2fs_size", since = "1.3.14")
  Mono<Void> resize2fsSize(@Device String device, long size);

  /** Changes what a file system has in its superblock. */
  @Call(number = 298, name = "tune2fs", since = "1.15.4")
  Mono<Void> tune2fs(@Device String device, Tune2fsOptions options);

  /** As {@link #tune2fs(String, Tune2fsOptions)}, which without options changes nothing. */
  default Mono<Void> tune2fs(@Device String device) {
    return tune2fs(device, Tune2fsOptions.defaults());
  }

  /** Optional arguments of {@link ExtCalls#tune2fs(String, Tune2fsOptions)}. */
  @CallOptions
  interface Tune2fs {

    /** Goes on even in the face of errors. */
    boolean force();

    /** After how many mounts a check is due; 0 for never. */
    int maxmountcount();

    /** How often it was mounted since the last check. */
    int mountcount();

    /** What the kernel does at an error: {@code continue}, {@code remount-ro} or {@code panic}. */
    String errorbehavior();

    /** The number of the group that may use the reserved blocks. */
    long group();

    /** After how many seconds a check is due; 0 for never. */
    int intervalbetweenchecks();

    /** Which part of the blocks is reserved, in percent. */
    int reservedblockspercentage();

    /** The directory it was last mounted on, as it says. */
    String lastmounteddirectory();

    /** How many blocks are reserved. */
    long reservedblockscount();

    /** The number of the user who may use the reserved blocks. */
    long user();
  }

  /**
   * What the superblock holds, in the names and words of tune2fs(8), such as {@code Block count}.
   * What is not set is an empty string.
   */
  @Call(number = 55, name = "tune2fs_l", since = "1.9.2")
  Mono<Map<String, String>> tune2fsL(@Device String device);

  /**
   * Writes zeroes over all free blocks that hold something else, so that the image can be made
   * smaller.
   *
   * @param device not mounted, or mounted for reading
   */
  @Call(number = 97, name = "zerofree", since = "1.0.26", group = "zerofree")
  Mono<Void> zerofree(@Device String device);
}
