package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A pool of real appliances. */
@Timeout(600)
@EnabledIfSystemProperty(named = "guestfs.appliance", matches = ".+")
class GuestfsPoolIntegrationTests {

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");
  private static final String FIXED = System.getProperty("guestfs.fixed.appliance", "");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir static Path directory;

  @RegisterExtension final LaunchEvents events = new LaunchEvents();

  private GuestfsBuilder machine() {
    // There is no other qemu than those of the pool.
    return Guestfs.builder().appliance(Path.of(APPLIANCE)).warmTemplates(false).listener(events);
  }

  @Test
  void theDisksOfTheUserAreThereAtOnceAndNobodyElses() {
    GuestfsPool pool = GuestfsPool.builder(machine()).size(2).build();
    try {
      pool.warmUp().block(PATIENCE);
      assertThat(pool.waiting()).isEqualTo(2);
      List<String> uuids = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 4; i++) {
        long megabytes = 64L + i;
        List<Long> sizes =
            get(
                pool.usingMono(
                    b -> b.addDriveScratch(megabytes << 20).addDriveScratch(1 << 20),
                    g ->
                        g.mkfs("ext4", "/dev/sda")
                            .then(g.vfsUuid("/dev/sda").doOnNext(uuids::add))
                            .thenMany(g.listDevices().concatMap(g::blockdevGetsize64))
                            .collectList()));
        assertThat(sizes).containsExactly(megabytes << 20, 1L << 20);
      }
      assertThat(uuids).hasSize(4).doesNotHaveDuplicates();
    } finally {
      pool.close().block(PATIENCE);
    }
  }

  @Test
  void partitionsOfADiskAreSeen() throws IOException {
    Path image = directory.resolve("partitioned.img");
    try (var file = new java.io.RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(64 << 20);
    }
    machine()
        .addDrive(image)
        .usingMono(g -> g.partDisk("/dev/sda", "mbr").thenReturn(true))
        .block(PATIENCE);
    GuestfsPool pool = GuestfsPool.builder(machine()).build();
    try {
      List<String> partitions =
          get(pool.using(b -> b.addDriveRo(image), g -> g.listPartitions()).collectList());
      assertThat(partitions).containsExactly("/dev/sda1");
    } finally {
      pool.close().block(PATIENCE);
    }
  }

  /** It cannot take the place of the disk that the machine has while it waits. */
  @Test
  void aFirstDiskWithALabelIsPluggedIn() {
    GuestfsPool pool = GuestfsPool.builder(machine()).build();
    try {
      Drive labelled = Drive.scratch(2 << 20).label("root").build();
      Map<String, String> labels =
          get(
              pool.usingMono(
                  b -> b.addDrive(labelled).addDriveScratch(1 << 20), g -> g.listDiskLabels()));
      assertThat(labels).containsExactly(Map.entry("root", "/dev/sda"));
    } finally {
      pool.close().block(PATIENCE);
    }
  }

  @Test
  void withoutDisksThereAreNone() {
    GuestfsPool pool = GuestfsPool.builder(machine()).build();
    try {
      assertThat(get(pool.using(b -> b, g -> g.listDevices()).collectList())).isEmpty();
    } finally {
      pool.close().block(PATIENCE);
    }
  }

  @Test
  void machinesThatHaveBootedWaitWhereTemplatesAreNotWanted() {
    GuestfsPool pool = GuestfsPool.builder(machine().templates(false)).build();
    try {
      List<String> devices =
          get(pool.using(b -> b.addDriveScratch(1 << 20), g -> g.listDevices()).collectList());
      assertThat(devices).containsExactly("/dev/sda");
      assertThat(events.phases()).doesNotContain(Phase.RESTORING, Phase.CAPTURING);
    } finally {
      pool.close().block(PATIENCE);
    }
  }

  @Test
  void aMachineThatIsKilledWhileItWaitsIsReplaced() throws IOException {
    GuestfsPool pool = GuestfsPool.builder(machine()).build();
    try {
      pool.warmUp().block(PATIENCE);
      ProcessHandle qemu = qemu();
      qemu.destroyForcibly();
      qemu.onExit().join();
      List<String> devices =
          get(pool.using(b -> b.addDriveScratch(1 << 20), g -> g.listDevices()).collectList());
      assertThat(devices).containsExactly("/dev/sda");
    } finally {
      pool.close().block(PATIENCE);
    }
    // One that was on its way when the pool was closed may take a moment to end.
    assertThat(ProcessHandle.current().descendants().filter(GuestfsPoolIntegrationTests::isQemu))
        .allSatisfy(qemu -> assertThat(qemu.onExit()).succeedsWithin(PATIENCE));
  }

  @Test
  void aDiskThatIsNotThereFailsItsUserAndNobodyElse() {
    GuestfsPool pool = GuestfsPool.builder(machine()).build();
    try {
      assertThatThrownBy(
              () -> get(pool.acquire(b -> b.addDrive(Drive.local(Path.of("/missing")).build()))))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining("/missing");
      List<String> devices =
          get(pool.using(b -> b.addDriveScratch(1 << 20), g -> g.listDevices()).collectList());
      assertThat(devices).containsExactly("/dev/sda");
    } finally {
      pool.close().block(PATIENCE);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "guestfs.fixed.appliance", matches = ".+")
  void fixedApplianceIsRefused() {
    GuestfsPool pool = GuestfsPool.builder(Guestfs.builder().appliance(Path.of(FIXED))).build();
    assertThatThrownBy(() -> get(pool.acquire(b -> b.addDriveScratch(1 << 20))))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("must be given its disks before it boots");
    pool.close().block(PATIENCE);
  }

  private static ProcessHandle qemu() {
    return ProcessHandle.current()
        .descendants()
        .filter(GuestfsPoolIntegrationTests::isQemu)
        .findAny()
        .orElseThrow();
  }

  private static boolean isQemu(ProcessHandle process) {
    try {
      Path program = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/exe"));
      return program.toString().contains("qemu");
    } catch (IOException e) {
      return false;
    }
  }

  private static <T> T get(Mono<T> value) {
    return Objects.requireNonNull(value.block(PATIENCE));
  }
}
