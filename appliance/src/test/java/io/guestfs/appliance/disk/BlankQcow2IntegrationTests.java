package io.guestfs.appliance.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** qemu-img judges the images that we write. */
@Timeout(60)
class BlankQcow2IntegrationTests {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {0, 512, 1 << 20, (512L << 20) + 512, 10L << 40, 2L << 50})
  void isImageOfThatSize(long size) throws Exception {
    Path overlay = directory.resolve("overlay");
    BlankQcow2.create(overlay, size);
    assertThat(run("qemu-img", "check", "-f", "qcow2", overlay.toString()))
        .contains("No errors were found");
    assertThat(run("qemu-img", "info", "--output=json", "-f", "qcow2", overlay.toString()))
        .contains("\"virtual-size\": " + size + ",")
        .doesNotContain("backing");
  }

  @Test
  void refusesWhatQemuCouldNotOpen() {
    assertThatThrownBy(() -> BlankQcow2.create(directory.resolve("overlay"), 1L << 52))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too large");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
