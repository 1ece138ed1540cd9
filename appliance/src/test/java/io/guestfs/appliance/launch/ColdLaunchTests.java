package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent.ConsoleLine;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.launch.FakeQemu.Mode;
import io.netty.channel.Channel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Launches with programs that stand in for qemu. */
@Timeout(120)
class ColdLaunchTests {

  @RegisterExtension final Launches launches = new Launches();
  private final Path directory = launches.directory();

  @Test
  void comesUpAndStops() throws IOException {
    Appliance appliance = await(launches.launch(launches.fakeConfig(Mode.OBEDIENT).build()));

    Channel channel = appliance.channel();
    assertThat(channel.isActive()).isTrue();
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(channel.pipeline().names()).hasSize(1); // Netty's own tail.
    assertThat(ProcessHandle.of(await(appliance.qemuPid()))).isPresent();

    appliance.stop().block(Launches.PATIENCE);
    ApplianceExit exit = await(appliance.exit());
    assertThat(exit.status()).isZero();
    assertThat(exit.console()).containsExactly("the guest boots");
    assertThat(launches.leftOvers()).isEmpty();
    assertThat(appliance.console().collectList().block(Launches.PATIENCE))
        .containsExactly("the guest boots");
    assertThat(launches.events(PhaseChanged.class))
        .extracting(PhaseChanged::phase)
        .containsExactly(
            Phase.PREPARING,
            Phase.STARTING_QEMU,
            Phase.ATTACHING_DRIVES,
            Phase.BOOTING,
            Phase.READY,
            Phase.STOPPED);
  }

  @Test
  void showsTheConsoleOnTheStandardOutput() throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      MachineConfig config = launches.fakeConfig(Mode.OBEDIENT).direct(true).build();
      await(launches.launch(config)).stop().block(Launches.PATIENCE);
    } finally {
      System.setOut(before);
    }
    assertThat(shown.toString(StandardCharsets.UTF_8).lines()).contains("the guest boots");
    assertThat(launches.events(ConsoleLine.class))
        .extracting(ConsoleLine::line)
        .containsExactly("the guest boots");
  }

  @Test
  void stoppingTwiceIsStoppingOnce() throws IOException {
    Appliance appliance = await(launches.launch(launches.fakeConfig(Mode.OBEDIENT).build()));
    Mono.when(appliance.stop(), appliance.stop()).block(Launches.PATIENCE);
    appliance.stop().block(Launches.PATIENCE);
    assertThat(launches.events(PhaseChanged.class))
        .filteredOn(event -> event.phase() == Phase.STOPPED)
        .hasSize(1);
  }

  @Test
  void killsQemuThatIgnoresQuit() throws IOException {
    Appliance appliance =
        await(
            launches.launch(
                launches
                    .fakeConfig(Mode.IGNORES_QUIT)
                    .stopTimeout(Duration.ofMillis(200))
                    .build()));
    appliance.stop().block(Launches.PATIENCE);
    assertThat(await(appliance.exit()).signal()).hasValue(9);
  }

  @Test
  void cleansUpAfterQemuThatDiesByItself() throws IOException {
    Appliance appliance = await(launches.launch(launches.fakeConfig(Mode.OBEDIENT).build()));
    ProcessHandle.of(await(appliance.qemuPid())).orElseThrow().destroyForcibly();
    assertThat(await(appliance.exit()).signal()).hasValue(9);
    appliance.stop().block(Launches.PATIENCE);
  }

  @Test
  void reportsWhatQemuSaidWhenItCrashesAtOnce() throws IOException {
    Path qemu = FakeQemu.script(directory, "echo no such machine >&2; exit 7");
    assertThatThrownBy(() -> await(launches.launch(launches.fakeConfig(qemu).build())))
        .isInstanceOfSatisfying(
            ApplianceLaunchException.class,
            e -> {
              assertThat(e).hasMessageContainingAll("status 7", "no such machine");
              assertThat(Optional.ofNullable(e.exit()).orElseThrow().status()).isEqualTo(7);
            });
  }

  @Test
  void reportsTheSignalThatKilledQemu() throws IOException {
    Path qemu = FakeQemu.script(directory, "kill -ABRT $$");
    assertThatThrownBy(() -> await(launches.launch(launches.fakeConfig(qemu).build())))
        .isInstanceOf(ApplianceLaunchException.class)
        .hasMessageContaining("killed by signal 6");
  }

  @Test
  void reportsConsoleAndStatusOfQemuThatDiesWhileTheGuestBoots() throws IOException {
    MachineConfig config = launches.fakeConfig(Mode.DIES_BOOTING).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOfSatisfying(
            ApplianceLaunchException.class,
            e -> {
              assertThat(e).hasMessageContainingAll("status 3", "fake: the guest is gone");
              assertThat(e.console()).containsExactly("the guest boots");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep 1000", "trap '' TERM; sleep 1000; sleep 1000"})
  void givesUpOnQemuThatHangs(String line) throws IOException {
    Path qemu = FakeQemu.script(directory, line);
    MachineConfig config = launches.fakeConfig(qemu).launchTimeout(Duration.ofMillis(500)).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOf(ApplianceLaunchException.class)
        .hasMessageContainingAll("did not come up", "its console says nothing");
  }

  @Test
  void givesUpOnGuestThatHangs() throws IOException {
    MachineConfig config =
        launches.fakeConfig(Mode.GUEST_HANGS).launchTimeout(Duration.ofSeconds(5)).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOf(ApplianceLaunchException.class)
        .hasMessageContainingAll("within 5 s with TCG", "the guest hangs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere/qemu", "qemu-of-nobody", "/"})
  void saysThatQemuIsMissing(String name) throws IOException {
    MachineConfig config = launches.fakeConfig(Mode.OBEDIENT).qemu(name).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll("qemu program " + name, "LIBGUESTFS_QEMU");
  }

  @Test
  void saysThatDiskIsInUse() throws IOException {
    Path disk = Files.writeString(directory.resolve("disk.img"), "content");
    MachineConfig config =
        launches.fakeConfig(Mode.DISK_LOCKED).addDrive(Drive.local(disk).build()).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll(disk.toString(), "in use by another process");
  }

  @Test
  void runsWrapperScriptsThatDoNotReplaceThemselves() throws IOException {
    Path qemu = FakeQemu.script(directory, Mode.OBEDIENT);
    Path wrapper = FakeQemu.script(directory, "'" + qemu + "' -L /somewhere \"$@\"; exit $?");
    Appliance appliance =
        await(
            launches.launch(
                launches.fakeConfig(wrapper).stopTimeout(Duration.ofSeconds(20)).build()));
    ProcessHandle process = ProcessHandle.of(await(appliance.qemuPid())).orElseThrow();
    appliance.stop().block(Launches.PATIENCE);
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void killsEverythingThatWrapperScriptStarted() throws Exception {
    Path pid = directory.resolve("pid");
    Path wrapper = FakeQemu.script(directory, "sleep 1000 & echo $! > '" + pid + "'; wait");
    MachineConfig config =
        launches.fakeConfig(wrapper).launchTimeout(Duration.ofSeconds(2)).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOf(ApplianceLaunchException.class);
    ended(Long.parseLong(Files.readString(pid).strip()));
  }

  @Test
  void cancellingStopsTheLaunch() throws Exception {
    MachineConfig config = launches.fakeConfig(Mode.GUEST_HANGS).build();
    Disposable launch = launches.launch(config).subscribe();
    await(launches.first(new PhaseChanged(Phase.BOOTING)));
    launch.dispose();
    await(launches.first(new PhaseChanged(Phase.STOPPED)));
  }

  /** Waits for a process that is not a child of this one. */
  private static void ended(long pid) throws Exception {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(Launches.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
