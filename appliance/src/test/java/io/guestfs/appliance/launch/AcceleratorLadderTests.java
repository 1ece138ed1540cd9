package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent.AcceleratorChosen;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.launch.FakeQemu.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Sinks;

/** Each way in which KVM can fail; a file stands in for {@code /dev/kvm}, scripts for qemu. */
@Timeout(120)
class AcceleratorLadderTests {

  @RegisterExtension final Launches launches = new Launches();
  private final Path directory = launches.directory();

  @Test
  void usesKvmWhereItWorks() throws IOException {
    haveKvm();
    AcceleratorChoice choice = launch(config(FakeQemu.script(directory, Mode.OBEDIENT)));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.KVM);
  }

  @Test
  void usesTcgWhereThereIsNoKvm() throws IOException {
    AcceleratorChoice choice = launch(config(FakeQemu.script(directory, Mode.OBEDIENT)));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("there is no " + launches.kvm());
  }

  @Test
  void usesTcgWhereKvmCannotBeOpened() throws IOException {
    // A directory: even root may not open it for writing.
    Files.createDirectory(launches.kvm());
    AcceleratorChoice choice = launch(config(FakeQemu.script(directory, Mode.OBEDIENT)));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("cannot be opened");
  }

  @Test
  void fallsBackToTcgWhenQemuAborts() throws IOException {
    haveKvm();
    AcceleratorChoice choice = launch(config(withKvm("echo failed to set MSR >&2; kill -ABRT $$")));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("failed to set MSR", "signal 6");
    assertThat(launches.warnings()).containsExactly(choice.reason());
    assertThat(launches.events(AcceleratorChosen.class))
        .extracting(event -> event.choice().accelerator())
        .containsExactly(Accelerator.KVM, Accelerator.TCG);
  }

  @Test
  void fallsBackToTcgWhenQemuHangs() throws IOException {
    haveKvm();
    AcceleratorChoice choice =
        launch(config(withKvm("sleep 1000")).kvmDeadline(Duration.ofMillis(500)));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("did not come up within 0 s with KVM");
    assertThat(launches.warnings()).containsExactly(choice.reason());
  }

  @Test
  void fallsBackToTcgWhenTheGuestHangsLongBeforeItsTimeIsUp() throws IOException {
    haveKvm();
    AcceleratorChoice choice =
        launch(config(withKvm(Mode.GUEST_HANGS)).kvmDeadline(Duration.ofSeconds(8)));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("hangs with KVM: it has read no disk after 2000 ms");
    assertThat(launches.warnings()).containsExactly(choice.reason());
  }

  @Test
  void whereKvmHasWorkedAGuestHasAllItsTime() throws IOException {
    haveKvm();
    Path worked = directory.resolve("worked");
    Path hanging = FakeQemu.script(directory, Mode.GUEST_HANGS);
    MachineConfig.Builder config =
        config(withKvm("[ -e '%s' ] && exec '%s' \"$@\"; touch '%1$s'".formatted(worked, hanging)))
            .kvmDeadline(Duration.ofSeconds(4));
    assertThat(launch(config).accelerator()).isEqualTo(Accelerator.KVM);
    AcceleratorChoice choice = launch(config);
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("did not come up within 4 s with KVM");
    assertThat(launches.warnings()).containsExactly(choice.reason());
  }

  @Test
  void aGuestThatBootsHasAllItsTime() throws IOException {
    haveKvm();
    MachineConfig.Builder config =
        launches.savableConfig(withKvm(Mode.NEVER_READY)).accelerator(Accelerator.AUTO);
    AcceleratorChoice choice = launch(config.kvmDeadline(Duration.ofSeconds(4)));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("did not come up within 4 s with KVM");
    assertThat(launches.warnings()).containsExactly(choice.reason());
  }

  @Test
  void remembersThatKvmDoesNotWork() throws IOException {
    haveKvm();
    Path tried = directory.resolve("tried");
    Path qemu = withKvm("echo once >> '" + tried + "'; exit 1");
    launch(config(qemu));
    AcceleratorChoice choice = launch(config(qemu));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("known from");
    assertThat(launches.warnings()).hasSize(1);
    assertThat(Files.readAllLines(tried)).containsExactly("once");
  }

  @Test
  void cancellingWhileThatIsWrittenDownStopsTheMachine() throws IOException {
    haveKvm();
    MachineConfig config = config(withKvm("exit 1")).build();
    Disposable.Swap launch = Disposables.swap();
    Sinks.Empty<Void> stopped = Sinks.empty();
    launches.onEvent(
        event -> {
          if (event.equals(new PhaseChanged(Phase.READY))) {
            launch.dispose();
          } else if (event.equals(new PhaseChanged(Phase.STOPPED)) && launch.isDisposed()) {
            stopped.tryEmitEmpty();
          }
        });
    // Nearly always the cancel comes first. If not, the machine is the subscriber's.
    launch.update(launches.launch(config).subscribe(late -> late.stop().subscribe()));
    stopped.asMono().block(Launches.PATIENCE);
    assertThat(launches.warnings()).hasSize(1);
  }

  @Test
  void remembersItForAllAppliancesOfOneKernel() throws IOException {
    haveKvm();
    MachineConfig.Builder config = config(withKvm("exit 1"));
    launch(config);
    assertThat(launches.warnings()).hasSize(1);
    Path appliance = Objects.requireNonNull(config.build().applianceDirectory());
    Path other = Files.createDirectory(directory.resolve("other"));
    for (String file : List.of("kernel", "initrd", "root", "appliance.properties")) {
      Files.copy(appliance.resolve(file), other.resolve(file));
    }
    Files.writeString(other.resolve("root"), "another root");
    launch(config.applianceDirectory(other));
    assertThat(launches.warnings()).isEmpty();

    Files.writeString(other.resolve("kernel"), "another kernel");
    launch(config);
    assertThat(launches.warnings()).hasSize(1);
  }

  @Test
  void triesKvmAgainWithAnotherQemu() throws IOException {
    haveKvm();
    launch(config(withKvm("exit 1")));
    assertThat(launches.warnings()).hasSize(1);
    AcceleratorChoice choice = launch(config(FakeQemu.script(directory, Mode.OBEDIENT)));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.KVM);
  }

  @Test
  void doesNotBlameKvmWhenTcgFailsToo() throws IOException {
    haveKvm();
    Path broken = FakeQemu.script(directory, "exit 1");
    MachineConfig config = config(broken).build();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> await(launches.launch(config)))
          .isInstanceOf(ApplianceLaunchException.class);
    }
    assertThat(launches.warnings()).hasSize(2);
    assertThat(launches.events(AcceleratorChosen.class))
        .extracting(event -> event.choice().accelerator())
        .isEqualTo(List.of(Accelerator.KVM, Accelerator.TCG, Accelerator.KVM, Accelerator.TCG));
  }

  @Test
  void doesNotTryAgainWhatWasAskedWrongly() throws IOException {
    haveKvm();
    Path disk = Files.writeString(directory.resolve("disk"), "content");
    Path qemu = FakeQemu.script(directory, Mode.DISK_LOCKED);
    MachineConfig config = config(qemu).addDrive(Drive.local(disk).build()).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOf(ApplianceConfigurationException.class);
    assertThat(launches.events(AcceleratorChosen.class)).hasSize(1);
  }

  @Test
  void doesNotFallBackWhenKvmWasAskedFor() throws IOException {
    MachineConfig config = config(withKvm("exit 1")).accelerator(Accelerator.KVM).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOf(ApplianceLaunchException.class);
    assertThat(launches.events(AcceleratorChosen.class)).hasSize(1);
  }

  private void haveKvm() throws IOException {
    Files.createFile(launches.kvm());
  }

  private MachineConfig.Builder config(Path qemu) throws IOException {
    return launches.fakeConfig(qemu).accelerator(Accelerator.AUTO);
  }

  /** A qemu that works, except that with KVM it does what {@code line} says. */
  private Path withKvm(String line) throws IOException {
    Path working = FakeQemu.script(directory, Mode.OBEDIENT);
    return FakeQemu.script(
        directory,
        "case \" $* \" in *' -accel kvm '*) " + line + ";; esac\nexec '" + working + "' \"$@\"");
  }

  /** A qemu that works, except that with KVM it does what another one does. */
  private Path withKvm(Mode mode) throws IOException {
    return withKvm("exec '" + FakeQemu.script(directory, mode) + "' \"$@\"");
  }

  private AcceleratorChoice launch(MachineConfig.Builder config) {
    Appliance appliance = await(launches.launch(config.build()));
    appliance.stop().block(Launches.PATIENCE);
    return appliance.accelerator();
  }
}
