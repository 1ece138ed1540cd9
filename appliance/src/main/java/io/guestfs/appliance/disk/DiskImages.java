package io.guestfs.appliance.disk;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.DiskFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Makes disk images on the host, and reads what they say of themselves. Whoever made an image may
 * have meant harm: few bytes of it are looked at, and none of the files that it names.
 */
public final class DiskImages {

  private DiskImages() {}

  /**
   * Makes an image of a disk that holds nothing. It takes next to no space until something is
   * written.
   *
   * @param image where it is made; there must be nothing yet
   * @param format {@link DiskFormat#RAW} or {@link DiskFormat#QCOW2}; for others there is {@code
   *     qemu-img create}
   * @param sizeBytes the size of the disk, at least 1
   * @return the path, when the image is there; {@link ApplianceConfigurationException} when it
   *     cannot be made. The file is written on a thread where blocking is allowed; cancelling may
   *     come too late to prevent it
   */
  public static Mono<Path> create(Path image, DiskFormat format, long sizeBytes) {
    return blocking(() -> createBlocking(image, format, sizeBytes));
  }

  /**
   * Makes an image of a disk that holds nothing, with the options that libguestfs has. What is
   * there is replaced; a block device is as good as a file for a raw image, and is zeroed.
   *
   * @param spec what to make
   * @return completes when the image is there; an {@link IOException} when it cannot be made
   */
  public static Mono<Void> create(DiskImageSpec spec) {
    return blocking(
            () -> {
              if (spec.format() == DiskFormat.RAW) {
                RawImage.create(spec);
              } else {
                QemuImg.create(spec);
              }
              return spec;
            })
        .then();
  }

  /**
   * The format of an image by its first bytes.
   *
   * @param image a file or a block device
   * @return {@link DiskFormat#RAW} when no other is recognised; an {@link IOException} when the
   *     image cannot be read
   */
  public static Mono<DiskFormat> format(Path image) {
    return header(image, ImageHeader::format);
  }

  /**
   * Whether an image refers to one below it.
   *
   * @param image a file or a block device
   * @return what its header says; an {@link IOException} when it cannot be read
   */
  public static Mono<Boolean> hasBackingFile(Path image) {
    return header(image, ImageHeader::hasBackingFile);
  }

  /**
   * The size of the disk that an image holds.
   *
   * @param image a file or a block device
   * @return bytes, as the header says; an {@link IOException} when it cannot be read
   */
  public static Mono<Long> virtualSize(Path image) {
    return header(image, ImageHeader::virtualSize);
  }

  @FunctionalInterface
  private interface Fact<T> {
    T of(ImageHeader header) throws IOException;
  }

  private static <T> Mono<T> header(Path image, Fact<T> fact) {
    return blocking(
        () -> {
          try (ImageHeader header = new ImageHeader(image)) {
            return fact.of(header);
          }
        });
  }

  private static <T> Mono<T> blocking(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
  }

  private static Path createBlocking(Path image, DiskFormat format, long sizeBytes) {
    if (sizeBytes < 1) {
      throw refused(image, "its size is " + sizeBytes + " bytes, but must be at least 1");
    }
    try {
      switch (format) {
        case RAW -> createRaw(image, sizeBytes);
        case QCOW2 -> BlankQcow2.create(image, sizeBytes);
        default -> throw refused(image, "use qemu-img create for format " + format.qemuName());
      }
    } catch (FileAlreadyExistsException e) {
      throw refused(image, "there is a file already; remove it first");
    } catch (IOException e) {
      throw new ApplianceConfigurationException("disk image " + image + ": " + e, e);
    }
    return image;
  }

  private static void createRaw(Path image, long sizeBytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      // Writing the last byte gives the file its size and leaves the rest a hole.
      file.write(ByteBuffer.allocate(1), sizeBytes - 1);
    }
  }

  private static ApplianceConfigurationException refused(Path image, String why) {
    return new ApplianceConfigurationException("disk image " + image + ": " + why);
  }
}
