package io.guestfs.calls;

import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.LibraryCall;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/**
 * Disk images on the host. The appliance has no part in it: an image is made, or its header is
 * read, with care, as anybody may have made it.
 */
@CallFamily
public interface DiskImageCalls {

  /**
   * Makes a blank disk image; a file that is there is replaced.
   *
   * @param format {@code raw} or {@code qcow2}
   * @param size of the disk in bytes; −1 for that of the backing file
   */
  @LibraryCall(name = "disk_create", since = "1.25.31")
  Mono<Void> diskCreate(Path filename, String format, long size, DiskCreateOptions options);

  /** As {@link #diskCreate(Path, String, long, DiskCreateOptions)}, without options. */
  default Mono<Void> diskCreate(Path filename, String format, long size) {
    return diskCreate(filename, format, size, DiskCreateOptions.defaults());
  }

  /**
   * Optional arguments of {@link DiskImageCalls#diskCreate(Path, String, long, DiskCreateOptions)}.
   */
  @CallOptions
  interface DiskCreate {

    /** The image below it, for qcow2; a relative name is relative to the new image. */
    String backingfile();

    /** The format of the image below it; detected when absent. */
    String backingformat();

    /** {@code off} or {@code sparse}, the default; {@code full}; for qcow2 {@code metadata} too. */
    String preallocation();

    /** For qcow2 {@code 1.1}, the default, or {@code 0.10} for what is older than qemu 1.1. */
    String compat();

    /** For qcow2, the size of a cluster in bytes: a power of two from 512 to 2097152. */
    int clustersize();
  }

  /** The format of an image by its first bytes, by qemu's name; {@code raw} when unknown. */
  @LibraryCall(name = "disk_format", since = "1.19.38")
  Mono<String> diskFormat(Path filename);

  /** Whether an image refers to one below it. */
  @LibraryCall(name = "disk_has_backing_file", since = "1.19.39")
  Mono<Boolean> diskHasBackingFile(Path filename);

  /** The size in bytes of the disk that an image holds, not of its file. */
  @LibraryCall(name = "disk_virtual_size", since = "1.19.39")
  Mono<Long> diskVirtualSize(Path filename);
}
