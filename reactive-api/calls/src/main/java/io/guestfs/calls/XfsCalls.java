package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.DeviceOrPath;
import io.guestfs.protocol.annotation.Pathname;
import java.util.Map;
import reactor.core.publisher.Mono;

/** What is particular to xfs. */
@CallFamily
public interface XfsCalls {

  /** Changes what a file system that is not mounted has in its superblock. */
  @Call(number = 349, name = "xfs_admin", since = "1.19.33", group = "xfs")
  Mono<Void> xfsAdmin(@Device String device, XfsAdminOptions options);

  /** As {@link #xfsAdmin(String, XfsAdminOptions)}, which without options changes nothing. */
  default Mono<Void> xfsAdmin(@Device String device) {
    return xfsAdmin(device, XfsAdminOptions.defaults());
  }

  /** Optional arguments of {@link XfsCalls#xfsAdmin(String, XfsAdminOptions)}. */
  @CallOptions
  interface XfsAdmin {

    /** Turns on that extents can be unwritten; it cannot be turned off. */
    boolean extunwritten();

    /** The device holds a file system that was made in a file. */
    boolean imgfile();

    /** Turns on the second version of the log; it cannot be turned off. */
    boolean v2log();

    /** Turns on project numbers of 32 bits; they cannot be turned off. */
    boolean projid32bit();

    /** Turns on or off that counters are written lazily. */
    boolean lazycounter();

    /** The label, at most 12 bytes; empty for none. */
    String label();

    /** The UUID, or {@code generate}, {@code nil} or {@code restore}. */
    String uuid();
  }

  /**
   * Makes a mounted file system larger; without options, all sections as large as they can be.
   *
   * @param path where it is mounted
   */
  @Call(number = 343, name = "xfs_growfs", since = "1.19.28", group = "xfs")
  Mono<Void> xfsGrowfs(@Pathname String path, XfsGrowfsOptions options);

  /** As {@link #xfsGrowfs(String, XfsGrowfsOptions)}, without options. */
  default Mono<Void> xfsGrowfs(@Pathname String path) {
    return xfsGrowfs(path, XfsGrowfsOptions.defaults());
  }

  /** Optional arguments of {@link XfsCalls#xfsGrowfs(String, XfsGrowfsOptions)}. */
  @CallOptions
  interface XfsGrowfs {

    /** Grows the data section as far as it goes. */
    boolean datasec();

    /** Grows the log, which the kernel does not do yet. */
    boolean logsec();

    /** Grows the realtime section as far as it goes. */
    boolean rtsec();

    /** The new size of the data section in blocks. */
    long datasize();

    /** The new size of the log in blocks. */
    long logsize();

    /** The new size of the realtime section in blocks. */
    long rtsize();

    /** The new size of an extent of the realtime section in blocks. */
    long rtextsize();

    /** Which part of the blocks may become inodes, in percent. */
    int maxpct();
  }

  /**
   * The geometry of a file system.
   *
   * @param pathordevice a path of the file system where it is mounted, or its device
   * @deprecated replaced by {@link #xfsInfo2}, which has what newer versions added
   */
  @Deprecated
  @Call(number = 337, name = "xfs_info", since = "1.19.21", group = "xfs")
  Mono<XFSInfo> xfsInfo(@DeviceOrPath String pathordevice);

  /**
   * The geometry of a file system, in the names and words of xfs_info(8): {@code data.bsize} for
   * the {@code bsize} of {@code data}, {@code log} for what the log is.
   *
   * @param pathordevice a path of the file system where it is mounted, or its device
   */
  @Call(number = 522, name = "xfs_info2", since = "1.59.2", group = "xfs")
  Mono<Map<String, String>> xfsInfo2(@DeviceOrPath String pathordevice);

  /**
   * Repairs a file system that is not mounted.
   *
   * @param device its device, or a file that holds it
   * @return the exit status of xfs_repair(8): 0 when all is well, 1 when it could not run, as on a
   *     device that is mounted, or found errors and {@link XfsRepair#nomodify} was given, 2 when
   *     the log has to be replayed by mounting first. None of them is an error of the call
   */
  @Call(number = 366, name = "xfs_repair", since = "1.19.36", group = "xfs")
  Mono<Integer> xfsRepair(@DeviceOrPath String device, XfsRepairOptions options);

  /** As {@link #xfsRepair(String, XfsRepairOptions)}, without options. */
  default Mono<Integer> xfsRepair(@DeviceOrPath String device) {
    return xfsRepair(device, XfsRepairOptions.defaults());
  }

  /** Optional arguments of {@link XfsCalls#xfsRepair(String, XfsRepairOptions)}. */
  @CallOptions
  interface XfsRepair {

    /** Clears the log, even if it holds changes, which are lost then. */
    boolean forcelogzero();

    /** Looks only, and changes nothing. */
    boolean nomodify();

    /** Does not read ahead. */
    boolean noprefetch();

    /** Goes on where the size of the file system cannot be made sure. */
    boolean forcegeometry();

    /** About how much memory it may take, in megabytes of 2²⁰ bytes. */
    long maxmem();

    /** The size of its cache of inodes, in buckets; newer versions ignore it. */
    long ihashsize();

    /** The size of its cache of blocks, in buckets; not together with {@link #maxmem}. */
    long bhashsize();

    /** How many allocation groups one thread works on. */
    long agstride();

    /** The device of the log, where that is another one. */
    String logdev();

    /** The device of the realtime section, where there is one. */
    String rtdev();
  }
}
