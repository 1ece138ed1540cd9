package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.PATIENCE;
import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.WaitingAppliance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What qemu may do on the host when it runs as another user, which only root can ask for. */
@ExtendWith(RealAppliance.class)
@Timeout(300)
class IsolationIntegrationTests {

  private static final String USER = "nobody";

  @RegisterExtension final Launches launches = new Launches();
  private final Path directory = launches.directory();
  private final Path appliance = directory.resolve("appliance");

  @BeforeEach
  void weAreRoot() throws IOException {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).as("our user").isEqualTo(0);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    RealAppliance.copyTo(appliance);
  }

  private MachineConfig.Builder config() {
    return RealAppliance.config(launches).applianceDirectory(appliance).runAs(USER);
  }

  @Test
  void runsAsAnotherUserThatCanGainNothingAndReachesItsDisks() throws Exception {
    WaitingAppliance waiting = await(launches.launchWaiting(config().build()));
    assertThat(launches.warnings())
        .containsExactly(
            "launching without a template: qemu is to run as user nobody, and templates are ours");

    Path forRoot = disk("for-root", "rw-r--r--");
    Appliance machine =
        await(
            waiting.use(
                List.of(
                    Drive.local(disk("for-all", "rw-rw-rw-")).build(),
                    Drive.local(forRoot).readOnly(true).build())));
    assertThat(await(RealAppliance.firstWord(machine))).isEqualTo(RealAppliance.LAUNCH_FLAG);

    Path process = Path.of("/proc/" + await(machine.qemuPid()));
    String uid = Commands.run("id", "-u", USER).strip();
    String gid = Commands.run("id", "-g", USER).strip();
    assertThat(Files.readAllLines(process.resolve("status")))
        .contains(
            "NoNewPrivs:\t1",
            "Seccomp:\t2",
            "CapPrm:\t0000000000000000",
            "CapEff:\t0000000000000000",
            "Uid:" + ("\t" + uid).repeat(4),
            "Gid:" + ("\t" + gid).repeat(4));
    assertThat(Files.readString(process.resolve("environ"))).contains("USER=nobody");

    machine.stop().block(PATIENCE);
    assertThat(await(machine.exit()).status()).isZero();
  }

  @Test
  void refusesWhatTheUserCannotReach() throws IOException {
    refuses(
        config().addDrive(Drive.local(disk("secret", "rw-------")).readOnly(true).build()),
        "who may not read " + directory.resolve("secret"));
    refuses(
        config().addDrive(Drive.local(disk("for-root", "rw-r--r--")).build()),
        "who may not write to " + directory.resolve("for-root"));
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    refuses(config().temporaryDirectory(closed), "who may not enter " + closed);
    Path root = appliance.resolve("root");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rw-------"));
    refuses(config(), "who may not read " + root);
    refuses(config().runAs("no-such-user"), "there is no user no-such-user");
  }

  private void refuses(MachineConfig.Builder config, String why) {
    MachineConfig built = config.build();
    assertThatThrownBy(() -> await(launches.launch(built)))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining(why);
  }

  private Path disk(String name, String permissions) throws IOException {
    Path disk = Files.write(directory.resolve(name), new byte[1 << 20]);
    return Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString(permissions));
  }
}
