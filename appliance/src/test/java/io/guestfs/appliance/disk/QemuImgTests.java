package io.guestfs.appliance.disk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that stand in for qemu-img. */
class QemuImgTests {

  private static final Path IMAGE = Path.of("image");

  @Test
  @Timeout(60)
  void theLimitHoldsWhileItsOutputIsOpen() {
    assertThatThrownBy(() -> QemuImg.run(IMAGE, List.of("sleep", "600"), Duration.ofSeconds(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("image: qemu-img did not end in 1 seconds");
  }

  @Test
  @Timeout(60)
  void whatItSaysIsTheError() {
    List<String> command = List.of("sh", "-c", "echo no; echo room >&2; exit 1");
    assertThatThrownBy(() -> QemuImg.run(IMAGE, command, Duration.ofMinutes(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("no\nroom");
  }
}
