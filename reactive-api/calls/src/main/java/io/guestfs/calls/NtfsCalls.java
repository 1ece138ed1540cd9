package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Mountable;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is particular to NTFS. The file system must not be mounted, except for the probe. */
@CallFamily
public interface NtfsCalls {

  /**
   * Tells whether a file system could be mounted, without doing so.
   *
   * @param rw for reading and writing rather than for reading
   * @return the exit status of ntfs-3g.probe(8): 0 when it could; 12 when it is no NTFS, 13 when it
   *     is inconsistent, 14 when it belongs to a hibernated Windows, 15 when it was not unmounted
   *     cleanly, and others. None of them is an error of the call
   */
  @Call(number = 110, name = "ntfs_3g_probe", since = "1.0.43", group = "ntfs3g")
  Mono<Integer> ntfs3gProbe(boolean rw, @Device String device);

  /**
   * Sets the permissions of a file or directory.
   *
   * @param mode the permission bits
   * @param path the absolute path in this file system
   */
  @Call(number = 520, name = "ntfs_chmod", since = "1.55.13", group = "ntfs3g")
  Mono<Void> ntfsChmod(@Device String device, int mode, String path, NtfsChmodOptions options);

  /** As {@link #ntfsChmod(String, int, String, NtfsChmodOptions)}, of this one file alone. */
  default Mono<Void> ntfsChmod(@Device String device, int mode, String path) {
    return ntfsChmod(device, mode, path, NtfsChmodOptions.defaults());
  }

  /** Optional arguments of {@link NtfsCalls#ntfsChmod(String, int, String, NtfsChmodOptions)}. */
  @CallOptions
  interface NtfsChmod {

    /** Whether everything in a directory gets the same permissions. */
    boolean recursive();
  }

  /**
   * The content of the file with this inode, deleted or hidden as it may be. One that does not
   * exist is an error.
   *
   * @param inode its number in the master file table, 0 being the table itself
   */
  @Call(number = 463, name = "ntfscat_i", since = "1.33.14", progress = true)
  Flux<ByteBuffer> ntfscatI(@Mountable String device, long inode);

  /**
   * Restores a file system from what {@link #ntfscloneOut} gave.
   *
   * @param device at least as large as the one that was copied; what was on it is lost
   */
  @Call(number = 309, name = "ntfsclone_in", since = "1.17.9", group = "ntfs3g")
  Mono<Void> ntfscloneIn(Publisher<ByteBuffer> backupfile, @Device String device);

  /** A copy of the used parts of a file system, in the format of ntfsclone(8). */
  @Call(number = 308, name = "ntfsclone_out", since = "1.17.9", group = "ntfs3g")
  Flux<ByteBuffer> ntfscloneOut(@Device String device, NtfscloneOutOptions options);

  /** As {@link #ntfscloneOut(String, NtfscloneOutOptions)}, without options. */
  default Flux<ByteBuffer> ntfscloneOut(@Device String device) {
    return ntfscloneOut(device, NtfscloneOutOptions.defaults());
  }

  /** Optional arguments of {@link NtfsCalls#ntfscloneOut(String, NtfscloneOutOptions)}. */
  @CallOptions
  interface NtfscloneOut {

    /** Copies the metadata alone, without the content of files. */
    boolean metadataonly();

    /** Goes on after sectors that cannot be read. */
    boolean rescue();

    /** Does not care about the result of the check before. */
    boolean ignorefscheck();

    /** Keeps the times of files where only metadata are copied. */
    boolean preservetimestamps();

    /** Goes on although the file system is marked as in need of a check. */
    boolean force();
  }

  /**
   * Repairs some simple inconsistencies and has Windows check the file system when it next starts.
   */
  @Call(number = 307, name = "ntfsfix", since = "1.17.9", group = "ntfs3g")
  Mono<Void> ntfsfix(@Device String device, NtfsfixOptions options);

  /** As {@link #ntfsfix(String, NtfsfixOptions)}, without options. */
  default Mono<Void> ntfsfix(@Device String device) {
    return ntfsfix(device, NtfsfixOptions.defaults());
  }

  /** Optional arguments of {@link NtfsCalls#ntfsfix(String, NtfsfixOptions)}. */
  @CallOptions
  interface Ntfsfix {

    /** Forgets which sectors are bad, as after a copy to a better disk. */
    boolean clearbadsectors();
  }

  /**
   * Makes a file system larger or smaller. Afterwards it is marked as in need of a check, and can
   * be resized again only by force, or after Windows has checked it.
   */
  @Call(number = 288, name = "ntfsresize", since = "1.3.2", group = "ntfsprogs")
  Mono<Void> ntfsresize(@Device String device, NtfsresizeOptions options);

  /** As {@link #ntfsresize(String, NtfsresizeOptions)}, to the size of the device. */
  default Mono<Void> ntfsresize(@Device String device) {
    return ntfsresize(device, NtfsresizeOptions.defaults());
  }

  /** Optional arguments of {@link NtfsCalls#ntfsresize(String, NtfsresizeOptions)}. */
  @CallOptions
  interface Ntfsresize {

    /** The new size in bytes; else that of the device. */
    long size();

    /** Goes on although the file system is marked as in need of a check. */
    boolean force();
  }

  /**
   * Makes a file system of this size in bytes.
   *
   * @deprecated replaced by {@link #ntfsresize(String, NtfsresizeOptions)}
   */
  @Deprecated
  @Call(number = 250, name = "ntfsresize_size", since = "1.3.14", group = "ntfsprogs")
  Mono<Void> ntfsresizeSize(@Device String device, long size);
}
