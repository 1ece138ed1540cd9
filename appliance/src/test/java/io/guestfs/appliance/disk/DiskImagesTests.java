package io.guestfs.appliance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.DiskFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class DiskImagesTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void rawImageHasItsSize() throws IOException {
    Path image = create("disk.raw", DiskFormat.RAW, 1L << 30);
    assertThat(Files.size(image)).isEqualTo(1L << 30);
  }

  @Test
  void qcow2ImageSaysItsSizeInTheHeader() throws IOException {
    Path image = create("disk.qcow2", DiskFormat.QCOW2, (2L << 30) + 512);
    byte[] header = Files.readAllBytes(image);
    assertThat(new String(header, 0, 3, StandardCharsets.US_ASCII)).isEqualTo("QFI");
    assertThat(ByteBuffer.wrap(header).getLong(24)).isEqualTo((2L << 30) + 512);
    assertThat(header.length).isLessThan(1 << 20);
  }

  @Test
  void existingFileIsNotTouched() throws IOException {
    Path image = Files.writeString(folder.resolve("disk.raw"), "precious");
    refused(DiskImages.create(image, DiskFormat.RAW, 1024), "there is a file already");
    assertThat(image).hasContent("precious");
  }

  @Test
  void nonsenseIsRefused() {
    Path image = folder.resolve("disk");
    refused(DiskImages.create(image, DiskFormat.RAW, 0), "must be at least 1");
    refused(DiskImages.create(image, DiskFormat.VMDK, 1024), "qemu-img create");
    refused(DiskImages.create(folder.resolve("no/such"), DiskFormat.RAW, 1024), "no/such");
    assertThat(folder).isEmptyDirectory();
  }

  private Path create(String name, DiskFormat format, long size) {
    Path image = folder.resolve(name);
    StepVerifier.create(DiskImages.create(image, format, size))
        .expectNext(image)
        .expectComplete()
        .verify(TIMEOUT);
    return image;
  }

  private static void refused(Mono<Path> creation, String why) {
    StepVerifier.create(creation)
        .expectErrorSatisfies(
            error ->
                assertThat(error)
                    .isInstanceOf(ApplianceConfigurationException.class)
                    .hasMessageContaining(why))
        .verify(TIMEOUT);
  }
}
