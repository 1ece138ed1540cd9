package io.guestfs.appliance.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.CacheMode;
import io.guestfs.appliance.Discard;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.DriveSource.NbdServer;
import io.guestfs.appliance.disk.PreparedDrive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Images made by qemu-img, plugged into qemu and read and written as a guest would. */
@Timeout(120)
class DriveIntegrationTests {

  private static final String WRITE = "write -P 0x5a 65536 4096";
  private static final String READ = "read -P 0x5a 65536 4096";
  private static final String READ_ZERO = "read -P 0 65536 4096";
  private static final String DIFFERS = "Pattern verification failed";

  @RegisterExtension final Launches launches = new Launches();
  private final Path directory = launches.directory();

  private Path image(String format, String... options) throws Exception {
    Path image = directory.resolve("disk." + format);
    String[] command = {"qemu-img", "create", "-q", "-f", format, image.toString(), "64M"};
    Commands.run(
        Stream.concat(Arrays.stream(command), Arrays.stream(options)).toArray(String[]::new));
    return image;
  }

  @ParameterizedTest
  @EnumSource(DiskFormat.class)
  void detectsAndOpensEachFormat(DiskFormat format) throws Exception {
    Path image = image(format.qemuName());
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      qemu.attach(Drive.local(image).build());
      assertThat(qemu.io(0, WRITE)).doesNotContain("failed");
      assertThat(qemu.io(0, READ)).doesNotContain(DIFFERS);
    }
    assertThat(Commands.run("qemu-io", "-r", "-f", format.qemuName(), "-c", READ, image.toString()))
        .doesNotContain(DIFFERS);
  }

  @ParameterizedTest
  @CsvSource({"monolithicSparse", "streamOptimized"})
  void opensVmdkOfOneFile(String subformat) throws Exception {
    Path image = image("vmdk", "-o", "subformat=" + subformat);
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      qemu.attach(Drive.local(image).readOnly(true).build());
      assertThat(qemu.io(0, READ_ZERO)).doesNotContain(DIFFERS);
    }
  }

  @Test
  void refusesVmdkOfSeveralFiles() throws Exception {
    Path image = image("vmdk", "-o", "subformat=monolithicFlat");
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      assertThatThrownBy(() -> qemu.attach(Drive.local(image).build()))
          .isInstanceOf(ApplianceConfigurationException.class)
          .hasMessageContainingAll(image.toString(), "several files");
    }
  }

  @ParameterizedTest
  @CsvSource({"raw", "qcow2", "vmdk", "vdi"})
  void whatIsWrittenToReadOnlyDriveIsThrownAway(String format) throws Exception {
    Path image = image(format);
    byte[] before = Files.readAllBytes(image);
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      qemu.attach(Drive.local(image).readOnly(true).build());
      assertThat(qemu.io(0, READ_ZERO)).doesNotContain(DIFFERS);
      assertThat(qemu.io(0, WRITE)).doesNotContain("failed");
      assertThat(qemu.io(0, READ)).doesNotContain(DIFFERS);
    }
    assertThat(Files.readAllBytes(image)).isEqualTo(before);
  }

  @Test
  void writableDriveHasOneUserAndReadOnlyOnesAsManyAsTheyLike() throws Exception {
    Path image = image("qcow2");
    try (RealQemu first = RealQemu.withScsiBus(launches);
        RealQemu second = RealQemu.withScsiBus(launches);
        RealQemu third = RealQemu.withScsiBus(launches)) {
      first.attach(Drive.local(image).build());
      assertThatThrownBy(() -> second.attach(Drive.local(image).build()))
          .isInstanceOf(ApplianceConfigurationException.class)
          .hasMessageContainingAll(image.toString(), "in use by another process");
      second.attach(Drive.local(image).readOnly(true).build());
      third.attach(Drive.local(image).readOnly(true).build());
    }
  }

  @Test
  void saysWhichImageWentAwayAfterItWasLookedAt() throws Exception {
    Path image = image("qcow2");
    PreparedDrive prepared = PreparedDrive.prepare(0, Drive.local(image).build());
    Files.delete(image);
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      assertThatThrownBy(() -> qemu.attach(List.of(prepared)))
          .isInstanceOf(ApplianceConfigurationException.class)
          .hasMessageContainingAll(image.toString(), "cannot open it", "No such file");
    }
  }

  @Test
  void opensChainsThatAreAllowed() throws Exception {
    Path base = image("raw");
    Commands.run("qemu-io", "-f", "raw", "-c", WRITE, base.toString());
    Path top = directory.resolve("top.qcow2");
    Commands.run(
        "qemu-img", "create", "-q", "-f", "qcow2", "-b", "disk.raw", "-F", "raw", top.toString());
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      assertThatThrownBy(() -> qemu.attach(Drive.local(top).build()))
          .isInstanceOf(ApplianceConfigurationException.class)
          .hasMessageContaining("disk.raw");
      qemu.attach(Drive.local(top).backingChain(true).copyOnRead(true).build());
      assertThat(qemu.io(0, READ)).doesNotContain(DIFFERS);
      assertThat(qemu.io(0, "write -P 1 65536 4096")).doesNotContain("failed");
    }
    assertThat(Commands.run("qemu-io", "-r", "-f", "raw", "-c", READ, base.toString()))
        .doesNotContain(DIFFERS);
  }

  @Test
  void opensExternalDataFilesThatAreAllowed() throws Exception {
    Path image = image("qcow2", "-o", "data_file=" + directory.resolve("data"));
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      assertThatThrownBy(() -> qemu.attach(Drive.local(image).build()))
          .isInstanceOf(ApplianceConfigurationException.class)
          .hasMessageContaining("external data file");
      qemu.attach(Drive.local(image).backingChain(true).build());
      assertThat(qemu.io(0, WRITE)).doesNotContain("failed");
      assertThat(qemu.io(0, READ)).doesNotContain(DIFFERS);
    }
  }

  @Test
  void opensNbdExports() throws Exception {
    Path image = image("raw");
    Path socket = directory.resolve("nbd");
    Process server =
        new ProcessBuilder(
                "qemu-nbd",
                "-k",
                socket.toString(),
                "-f",
                "raw",
                "-x",
                "it",
                "--fork",
                "--pid-file",
                directory.resolve("pid").toString(),
                image.toString())
            .start();
    assertThat(server.waitFor()).isZero();
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      NbdServer address = new NbdServer.UnixSocket(socket);
      assertThatThrownBy(() -> qemu.attach(Drive.nbd(address, "other").build()))
          .isInstanceOf(ApplianceConfigurationException.class)
          .hasMessageContaining("other");
      qemu.attach(Drive.nbd(address, "it").build());
      assertThat(qemu.io(0, WRITE)).doesNotContain("failed");
      assertThat(qemu.io(0, READ)).doesNotContain(DIFFERS);
    } finally {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  @Test
  void takesAllOptionsAtOnce() throws Exception {
    Path image = image("qcow2");
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      qemu.attach(
          Drive.local(image)
              .label("data")
              .blockSize(4096)
              .cacheMode(CacheMode.UNSAFE)
              .discard(Discard.ENABLE)
              .copyOnRead(true)
              .build());
      assertThat(qemu.io(0, WRITE)).doesNotContain("failed");
    }
  }

  @Test
  void takesThirtyDrives() throws Exception {
    Path image = image("qcow2");
    try (RealQemu qemu = RealQemu.withScsiBus(launches)) {
      qemu.attach(
          IntStream.range(0, 30)
              .mapToObj(i -> Drive.local(image).readOnly(true).build())
              .toArray(Drive[]::new));
      assertThat(qemu.io(29, WRITE)).doesNotContain("failed");
      assertThat(qemu.io(28, READ_ZERO)).doesNotContain(DIFFERS);
    }
  }
}
