package io.guestfs.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTests {

  @Test
  void hasDefaults() {
    Environment environment = Environment.of(Map.of("HOME", "/home/me"));
    assertThat(environment.searchPath()).isEmpty();
    assertThat(environment.qemu()).isNull();
    assertThat(environment.memoryMegabytes()).isNull();
    assertThat(environment.append()).isNull();
    assertThat(environment.debug()).isFalse();
    assertThat(environment.trace()).isFalse();
    assertThat(environment.temporaryDirectory()).isEqualTo(Path.of("/tmp"));
    assertThat(environment.runtimeDirectory()).isNull();
    assertThat(environment.cacheDirectory()).isEqualTo(Path.of("/home/me/.cache/reactor-guestfs"));

    MachineConfig config = MachineConfig.builder(environment).build();
    assertThat(config.memoryMegabytes()).isEqualTo(1280);
    assertThat(config.qemu()).isEqualTo("qemu-system-x86_64");
    assertThat(config.accelerator()).isEqualTo(Accelerator.AUTO);
    assertThat(config.appendKernel()).isEmpty();
    assertThat(config.verbose()).isFalse();
    assertThat(config.network()).isFalse();
  }

  @Test
  void pathIsSplitAtColons() {
    assertThat(Environment.of(Map.of("LIBGUESTFS_PATH", "/a:/b/../c:")).searchPath())
        .containsExactly(Path.of("/a"), Path.of("/c"), Path.of("").toAbsolutePath());
  }

  @Test
  void emptyIsTheSameAsNone() {
    Environment environment =
        Environment.of(
            Map.of(
                "LIBGUESTFS_PATH", "",
                "LIBGUESTFS_QEMU", "",
                "LIBGUESTFS_MEMSIZE", "",
                "LIBGUESTFS_DEBUG", "",
                "HOME", "/root"));
    assertThat(environment).isEqualTo(Environment.of(Map.of("HOME", "/root")));
  }

  @Test
  void qemuMemoryAndAppendReachTheMachine() {
    Environment environment =
        Environment.of(
            Map.of(
                "LIBGUESTFS_QEMU", "/opt/wrapper",
                "LIBGUESTFS_MEMSIZE", "2000",
                "LIBGUESTFS_APPEND", "one two",
                "LIBGUESTFS_DEBUG", "1"));
    MachineConfig config = MachineConfig.builder(environment).build();
    assertThat(config.qemu()).isEqualTo("/opt/wrapper");
    assertThat(config.memoryMegabytes()).isEqualTo(2000);
    assertThat(config.appendKernel()).isEqualTo("one two");
    assertThat(config.verbose()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "T", "yes", "y", "On"})
  void flagsAreOn(String value) {
    assertThat(Environment.of(Map.of("LIBGUESTFS_TRACE", value)).trace()).isTrue();
    assertThat(Environment.of(Map.of("LIBGUESTFS_DEBUG", value)).debug()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "false", "F", "no", "n", "OFF"})
  void flagsAreOff(String value) {
    assertThat(Environment.of(Map.of("LIBGUESTFS_TRACE", value)).trace()).isFalse();
  }

  @Test
  void flagsAreRefused() {
    assertThatThrownBy(() -> Environment.of(Map.of("LIBGUESTFS_DEBUG", "maybe")))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("LIBGUESTFS_DEBUG=maybe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"255", "-1", "much", "1e3", "99999999999"})
  void memoryIsRefused(String value) {
    assertThatThrownBy(() -> Environment.of(Map.of("LIBGUESTFS_MEMSIZE", value)))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("LIBGUESTFS_MEMSIZE=" + value);
  }

  @Test
  void directoriesAreTakenOver() {
    Environment environment =
        Environment.of(
            Map.of(
                "TMPDIR", "/big", "XDG_RUNTIME_DIR", "/run/user/7", "XDG_CACHE_HOME", "/caches"));
    assertThat(environment.temporaryDirectory()).isEqualTo(Path.of("/big"));
    assertThat(environment.runtimeDirectory()).isEqualTo(Path.of("/run/user/7"));
    assertThat(environment.cacheDirectory()).isEqualTo(Path.of("/caches/reactor-guestfs"));
  }
}
