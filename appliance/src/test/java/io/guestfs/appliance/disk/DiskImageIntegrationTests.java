package io.guestfs.appliance.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.DiskFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** What we read in images is what qemu-img reads in them, and what it reads in ours. */
@Timeout(120)
class DiskImageIntegrationTests {

  private static final Pattern VIRTUAL_SIZE = Pattern.compile("\"virtual-size\": (\\d+)");

  @TempDir Path directory;

  private static <T> T get(Mono<T> work) {
    return Objects.requireNonNull(work.block(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @EnumSource(DiskFormat.class)
  void headerSaysWhatQemuSays(DiskFormat format) throws Exception {
    Path image = directory.resolve("image");
    String bytes = format == DiskFormat.RAW ? "3145728" : "33554432";
    run("qemu-img", "create", "-q", "-f", format.qemuName(), image.toString(), bytes);
    String info =
        run("qemu-img", "info", "--output=json", "-f", format.qemuName(), image.toString());
    Matcher size = VIRTUAL_SIZE.matcher(info);
    assertThat(size.find()).as(info).isTrue();
    assertThat(get(DiskImages.format(image))).isEqualTo(format);
    assertThat(get(DiskImages.virtualSize(image))).isEqualTo(Long.parseLong(size.group(1)));
    assertThat(get(DiskImages.hasBackingFile(image))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = DiskFormat.class,
      names = {"QCOW2", "QCOW", "QED", "VMDK"})
  void backingFileIsSeen(DiskFormat format) throws Exception {
    Path base = directory.resolve("base");
    String name = format.qemuName();
    run("qemu-img", "create", "-q", "-f", name, base.toString(), "1M");
    Path image = directory.resolve("image");
    run("qemu-img", "create", "-q", "-f", name, "-b", "base", "-F", name, image.toString());
    assertThat(get(DiskImages.hasBackingFile(image))).isTrue();
    assertThat(get(DiskImages.virtualSize(image))).isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "raw, , , , 0",
    "raw, sparse, , , 0",
    "raw, full, , , 1048576",
    "qcow2, , , , 0",
    "qcow2, metadata, 1.1, 4096, 0",
    "qcow2, full, 0.10, , 1048576",
  })
  void imageIsAsItWasAskedFor(
      String format,
      @Nullable String preallocation,
      @Nullable String compat,
      @Nullable Integer clusterSize,
      long allocated)
      throws Exception {
    Path image = directory.resolve("image with spaces, and a comma");
    Files.writeString(image, "what was there before");
    DiskFormat driver = DiskFormat.of(format);
    DiskImages.create(
            new DiskImageSpec(
                image, driver, 1 << 20, null, null, preallocation, compat, clusterSize))
        .block();
    String info = run("qemu-img", "info", "--output=json", "-f", format, image.toString());
    assertThat(info).contains("\"virtual-size\": 1048576");
    if (compat != null) {
      assertThat(info).contains("\"compat\": \"" + compat + "\"");
    }
    if (clusterSize != null) {
      assertThat(info).contains("\"cluster-size\": " + clusterSize);
    }
    long blocks = ((Number) Files.getAttribute(image, "unix:size")).longValue();
    assertThat(blocks).isGreaterThanOrEqualTo(allocated);
  }

  @Test
  void overlayTakesSizeAndFormatOfWhatIsBelow() throws Exception {
    Path base = directory.resolve("base");
    run("qemu-img", "create", "-q", "-f", "qcow2", base.toString(), "5M");
    Path image = directory.resolve("image");
    DiskImages.create(
            new DiskImageSpec(image, DiskFormat.QCOW2, -1, "base", null, null, null, null))
        .block();
    assertThat(run("qemu-img", "info", "--output=json", image.toString()))
        .contains("\"virtual-size\": 5242880", "\"backing-filename-format\": \"qcow2\"");
  }

  @Test
  void fifoIsNotWaitedFor() throws Exception {
    Path fifo = directory.resolve("fifo");
    run("mkfifo", fifo.toString());
    assertThatThrownBy(() -> DiskImages.format(fifo).block(Duration.ofSeconds(20)))
        .hasMessageContaining("neither a file nor a block device");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
