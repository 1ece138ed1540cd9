package io.guestfs;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.disk.DiskImageSpec;
import io.guestfs.appliance.disk.DiskImages;
import io.guestfs.calls.DiskCreateOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Disk images on the host, by the readers and writers of the appliance's drives. */
final class DiskImageLibrary implements DiskImageCallsLibrary {

  @Override
  public Mono<Void> diskCreate(Path filename, String format, long size, DiskCreateOptions options) {
    return of(
        "disk_create", Mono.defer(() -> DiskImages.create(spec(filename, format, size, options))));
  }

  private static DiskImageSpec spec(
      Path filename, String format, long size, DiskCreateOptions options) {
    String backingFormat = options.backingformat();
    return new DiskImageSpec(
        filename,
        DiskFormat.of(format),
        size,
        options.backingfile(),
        backingFormat == null ? null : DiskFormat.of(backingFormat),
        options.preallocation(),
        options.compat(),
        options.clustersize());
  }

  @Override
  public Mono<String> diskFormat(Path filename) {
    return of("disk_format", DiskImages.format(filename).map(DiskFormat::qemuName));
  }

  @Override
  public Mono<Boolean> diskHasBackingFile(Path filename) {
    return of("disk_has_backing_file", DiskImages.hasBackingFile(filename));
  }

  @Override
  public Mono<Long> diskVirtualSize(Path filename) {
    return of("disk_virtual_size", DiskImages.virtualSize(filename));
  }

  private static <T> Mono<T> of(String call, Mono<T> work) {
    return work.onErrorMap(
        error -> new CallFailedException(call, errno(error), String.valueOf(reason(error))));
  }

  private static String errno(Throwable error) {
    if (error instanceof NoSuchFileException) {
      return "ENOENT";
    }
    if (error instanceof AccessDeniedException) {
      return "EACCES";
    }
    return error instanceof IllegalArgumentException
            || error instanceof ApplianceConfigurationException
        ? "EINVAL"
        : "";
  }

  /** The message of some errors is but the name of the file. */
  private static @Nullable String reason(Throwable error) {
    return error instanceof NoSuchFileException missing
        ? missing.getFile() + ": No such file or directory"
        : error instanceof IOException && error.getMessage() == null
            ? error.toString()
            : error.getMessage();
  }
}
