package io.guestfs.appliance.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.host.HostProgram.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostProgramTests {

  @TempDir Path directory;

  @Test
  void theLimitHoldsWhileItsOutputIsOpen() {
    assertThatThrownBy(() -> HostProgram.run(List.of("sleep", "600"), Duration.ofSeconds(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("sleep 600 did not end in 1 seconds");
  }

  @Test
  void whatItSaysIsTold() throws IOException {
    List<String> command = List.of("sh", "-c", "cat; echo no; echo room >&2; exit 3");
    assertThat(HostProgram.run(command, Duration.ofMinutes(1)))
        .isEqualTo(new Result(3, "no\nroom"));
  }

  @Test
  void whatIsMissingIsNamedWithItsPackage() {
    assertThatThrownBy(
            () -> HostProgram.require(List.of("setpriv"), "util-linux", directory.toString()))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll("setpriv is not in PATH", "apt-get install util-linux");
    HostProgram.require(List.of("setpriv", "sh"), "util-linux");
  }
}
