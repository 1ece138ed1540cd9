package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.PATIENCE;
import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent.ConsoleLine;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;

/** Boots an appliance. */
@ExtendWith(RealAppliance.class)
@Timeout(600)
class RealApplianceIntegrationTests {

  /** The end of a range of memory in the last of 900 MiB, 0x3840_0000 bytes. */
  private static final Pattern END_OF_900_MIB = Pattern.compile("-0x0*383[0-9a-f]{5}\\]");

  @RegisterExtension final Launches launches = new Launches();
  private final Path directory = launches.directory();

  /** Boots cold with the variables of the environment that are about the machine. */
  private MachineConfig.Builder config(String... variables) {
    return RealAppliance.config(launches, variables).templates(false);
  }

  @Test
  void theDaemonSaysThatItIsUpThroughAnyWrapper() throws IOException {
    Path disk = Files.write(directory.resolve("disk.img"), new byte[1 << 20]);
    Path wrapper = FakeQemu.script(directory, "qemu-system-x86_64 -name wrapped \"$@\"; exit $?");
    MachineConfig config =
        config("LIBGUESTFS_QEMU", wrapper.toString())
            .addDrive(Drive.local(disk).build())
            .addDrive(Drive.local(disk).readOnly(true).build())
            .build();
    Appliance machine = await(launches.launch(config));
    assertThat(await(RealAppliance.firstWord(machine))).isEqualTo(RealAppliance.LAUNCH_FLAG);
    assertThat(Files.readAllLines(Path.of("/proc/" + await(machine.qemuPid()), "status")))
        .contains("NoNewPrivs:\t1", "Seccomp:\t2");
    machine.stop().block(PATIENCE);
    assertThat(await(machine.exit()).status()).isZero();
  }

  @Test
  void theKernelGetsMemoryAndArgumentsAndMayDieSuddenly() {
    MachineConfig config =
        config(
                "LIBGUESTFS_MEMSIZE", "900",
                "LIBGUESTFS_APPEND", "guestfs_word=42",
                "LIBGUESTFS_DEBUG", "1")
            .build();
    Appliance machine = await(launches.launch(config));
    // The kernel says both in several lines, and a serial port loses a character now and then when
    // the host is busy: the kernel waits 10 ms for it and then writes over what is still there.
    assertThat(launches.events(ConsoleLine.class))
        .extracting(ConsoleLine::line)
        .anyMatch(line -> line.contains(" guestfs_word=42"))
        .anyMatch(line -> END_OF_900_MIB.matcher(line).find());

    ProcessHandle.of(await(machine.qemuPid())).orElseThrow().destroyForcibly();
    assertThat(await(machine.exit()).signal()).hasValue(9);
    assertThat(await(machine.exit()).console()).isNotEmpty();
    machine.stop().block(PATIENCE);
  }

  /** To verify a signature takes the guest longer than all else that loading a module takes. */
  @Test
  void theModulesOfTheInitialRamDiskAreNotSigned() throws IOException {
    assumeThat(Path.of(RealAppliance.DIRECTORY, "appliance.properties")).exists();
    String initrd =
        Files.readString(Path.of(RealAppliance.DIRECTORY, "initrd"), StandardCharsets.ISO_8859_1);
    assertThat(initrd).contains("virtio_console.ko").doesNotContain("Module signature appended");
  }

  @Test
  void cancellingWhileTheGuestBootsStopsQemu() {
    Disposable launch = launches.launch(config().build()).subscribe();
    await(launches.first(new PhaseChanged(Phase.BOOTING)));
    launch.dispose();
    await(launches.first(new PhaseChanged(Phase.STOPPED)));
  }
}
