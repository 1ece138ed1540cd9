package io.guestfs.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.DriveSource.NbdServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineConfigTests {

  private static MachineConfig.Builder builder() {
    return MachineConfig.builder(Environment.of(Map.of("HOME", "/root")));
  }

  private static Drive.Builder drive() {
    return Drive.local(Path.of("/disk.img"));
  }

  @Test
  void refusesTooManyDrives() {
    MachineConfig.Builder builder = builder();
    for (int i = 0; i < MachineConfig.MAX_DRIVES; i++) {
      builder.addDrive(drive().build());
    }
    assertThatCode(builder::build).doesNotThrowAnyException();
    builder.addDrive(drive().build());
    assertRefused(builder::build, "256 drives");
  }

  @Test
  void refusesTooLittleMemory() {
    assertRefused(() -> builder().memoryMegabytes(255).build(), "255 MB");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void refusesProcessors(int processors) {
    assertRefused(() -> builder().processors(processors).build(), processors + " processors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abcdefghijklmnopqrstu", "a1", "a b", "ä", "a,b"})
  void refusesLabels(String label) {
    assertRefused(() -> drive().label(label).build(), "/disk.img", "label");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-kernel",
        "--kernel",
        "-initrd",
        "-nographic",
        "-display",
        "-serial",
        "-full-screen",
        "-std-vga",
        "-vnc",
        "-daemonize",
        "device",
        "",
        "-a\0"
      })
  void refusesOptionsOfQemu(String name) {
    assertRefused(() -> new QemuOption(name, null), "qemu option " + name);
  }

  @Test
  void refusesBlockSizes() {
    assertRefused(() -> drive().blockSize(1024).build(), "/disk.img", "1024");
  }

  @Test
  void refusesDiscardWithoutWrites() {
    assertRefused(
        () -> drive().readOnly(true).discard(Discard.ENABLE).build(), "/disk.img", "discard");
  }

  @Test
  void refusesPorts() {
    assertRefused(() -> new NbdServer.Tcp("host", 0), "port 0");
  }

  @Test
  void makesPathsAbsolute() {
    assertThat(Drive.local(Path.of("a/../b")).build().source())
        .hasToString(Path.of("b").toAbsolutePath().toString());
  }

  @Test
  void knowsFormatsByTheirNames() {
    for (DiskFormat format : DiskFormat.values()) {
      assertThat(DiskFormat.of(format.qemuName())).isEqualTo(format);
    }
    assertThat(DiskFormat.of("vhd")).isEqualTo(DiskFormat.VPC);
    assertRefused(() -> DiskFormat.of("QCOW2"), "QCOW2");
  }

  private static void assertRefused(Runnable action, String... fragments) {
    assertThatThrownBy(action::run)
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll(fragments);
  }
}
