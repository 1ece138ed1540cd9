package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.DeviceOrPath;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/** Copying content within the guest, from and to devices and files. */
@CallFamily
public interface CopyCalls {

  /**
   * Copies content from a device to a device, as a whole or in part.
   *
   * @param src the source
   * @param dest a device; {@code ENOSPC} when it is too small
   */
  @Call(number = 294, name = "copy_device_to_device", since = "1.13.25", progress = true)
  Mono<Void> copyDeviceToDevice(
      @Device String src, @Device String dest, CopyDeviceToDeviceOptions options);

  /** As {@link #copyDeviceToDevice(String, String, CopyDeviceToDeviceOptions)}: copies all. */
  default Mono<Void> copyDeviceToDevice(@Device String src, @Device String dest) {
    return copyDeviceToDevice(src, dest, CopyDeviceToDeviceOptions.defaults());
  }

  /** Optional arguments of {@link CopyCalls#copyDeviceToDevice}. */
  @CallOptions
  interface CopyDeviceToDevice {

    /** Where in the source to begin, in bytes; 0 when absent. */
    long srcoffset();

    /** Where in the destination to begin, in bytes; 0 when absent. */
    long destoffset();

    /**
     * How many bytes to copy. The source has to have them; when absent, it is copied to its end.
     */
    long size();

    /**
     * Whether to skip pieces that are zero instead of writing them. It is right only when the
     * destination is zero already.
     */
    boolean sparse();

    /** Of no effect: a device has no end to append to. */
    boolean append();
  }

  /**
   * Copies content from a device to a file, as a whole or in part.
   *
   * @param src the source
   * @param dest a file, which is made where there is none, and keeps what is not written over
   */
  @Call(number = 295, name = "copy_device_to_file", since = "1.13.25", progress = true)
  Mono<Void> copyDeviceToFile(
      @Device String src, @Pathname String dest, CopyDeviceToFileOptions options);

  /** As {@link #copyDeviceToFile(String, String, CopyDeviceToFileOptions)}: copies all. */
  default Mono<Void> copyDeviceToFile(@Device String src, @Pathname String dest) {
    return copyDeviceToFile(src, dest, CopyDeviceToFileOptions.defaults());
  }

  /** Optional arguments of {@link CopyCalls#copyDeviceToFile}. */
  @CallOptions
  interface CopyDeviceToFile {

    /** Where in the source to begin, in bytes; 0 when absent. */
    long srcoffset();

    /** Where in the destination to begin, in bytes; 0 when absent. */
    long destoffset();

    /**
     * How many bytes to copy. The source has to have them; when absent, it is copied to its end.
     */
    long size();

    /**
     * Whether to skip pieces that are zero instead of writing them. It is right only when the
     * destination is zero already.
     */
    boolean sparse();

    /** Whether to write behind what the file has; {@link #destoffset} plays no part then. */
    boolean append();
  }

  /**
   * Copies content from a file to a device, as a whole or in part.
   *
   * @param src the source; a symbolic link is followed
   * @param dest a device; {@code ENOSPC} when it is too small
   */
  @Call(number = 296, name = "copy_file_to_device", since = "1.13.25", progress = true)
  Mono<Void> copyFileToDevice(
      @Pathname String src, @Device String dest, CopyFileToDeviceOptions options);

  /** As {@link #copyFileToDevice(String, String, CopyFileToDeviceOptions)}: copies all. */
  default Mono<Void> copyFileToDevice(@Pathname String src, @Device String dest) {
    return copyFileToDevice(src, dest, CopyFileToDeviceOptions.defaults());
  }

  /** Optional arguments of {@link CopyCalls#copyFileToDevice}. */
  @CallOptions
  interface CopyFileToDevice {

    /** Where in the source to begin, in bytes; 0 when absent. */
    long srcoffset();

    /** Where in the destination to begin, in bytes; 0 when absent. */
    long destoffset();

    /**
     * How many bytes to copy. The source has to have them; when absent, it is copied to its end.
     */
    long size();

    /**
     * Whether to skip pieces that are zero instead of writing them. It is right only when the
     * destination is zero already.
     */
    boolean sparse();

    /** Of no effect: a device has no end to append to. */
    boolean append();
  }

  /**
   * Copies content from a file to a file, as a whole or in part.
   *
   * @param src the source; a symbolic link is followed
   * @param dest a file, which is made where there is none, and keeps what is not written over
   */
  @Call(number = 297, name = "copy_file_to_file", since = "1.13.25", progress = true)
  Mono<Void> copyFileToFile(
      @Pathname String src, @Pathname String dest, CopyFileToFileOptions options);

  /** As {@link #copyFileToFile(String, String, CopyFileToFileOptions)}: copies all. */
  default Mono<Void> copyFileToFile(@Pathname String src, @Pathname String dest) {
    return copyFileToFile(src, dest, CopyFileToFileOptions.defaults());
  }

  /** Optional arguments of {@link CopyCalls#copyFileToFile}. */
  @CallOptions
  interface CopyFileToFile {

    /** Where in the source to begin, in bytes; 0 when absent. */
    long srcoffset();

    /** Where in the destination to begin, in bytes; 0 when absent. */
    long destoffset();

    /**
     * How many bytes to copy. The source has to have them; when absent, it is copied to its end.
     */
    long size();

    /**
     * Whether to skip pieces that are zero instead of writing them. It is right only when the
     * destination is zero already.
     */
    boolean sparse();

    /** Whether to write behind what the file has; {@link #destoffset} plays no part then. */
    boolean append();
  }

  /**
   * Copies the first bytes of a device or file to another. A file is made where there is none, and
   * keeps what is not written over.
   *
   * @param size how many bytes, which the source has to have
   * @deprecated replaced by {@link #copyDeviceToDevice(String, String)} and its kin
   */
  @Deprecated
  @Call(number = 227, name = "copy_size", since = "1.0.87", progress = true)
  Mono<Void> copySize(@DeviceOrPath String src, @DeviceOrPath String dest, long size);

  /**
   * Copies a device or file to another. A file is made or replaced; a device has to be as large as
   * the source.
   *
   * @deprecated replaced by {@link #copyDeviceToDevice(String, String)} and its kin
   */
  @Deprecated
  @Call(number = 217, name = "dd", since = "1.0.80")
  Mono<Void> dd(@DeviceOrPath String src, @DeviceOrPath String dest);
}
