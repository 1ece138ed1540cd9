package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent.AcceleratorChosen;
import io.guestfs.appliance.ApplianceEvent.Warning;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.launch.FakeQemu.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

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
    assertThat(launches.events(Warning.class)).isEmpty();
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
    assertThat(launches.events(Warning.class)).hasSize(1);
    assertThat(launches.events(AcceleratorChosen.class))
        .extracting(event -> event.choice().accelerator())
        .containsExactly(Accelerator.KVM, Accelerator.TCG);
  }

  @Test
  void fallsBackToTcgWhenTheGuestHangs() throws IOException {
    haveKvm();
    AcceleratorChoice choice =
        launch(config(withKvm("sleep 1000")).kvmDeadline(Duration.ofMillis(500)));
    assertThat(choice.accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(choice.reason()).contains("did not come up");
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
    assertThat(Files.readAllLines(tried)).containsExactly("once");
  }

  @Test
  void triesKvmAgainWithAnotherQemu() throws IOException {
    haveKvm();
    launch(config(withKvm("exit 1")));
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

  private AcceleratorChoice launch(MachineConfig.Builder config) {
    Appliance appliance = await(launches.launch(config.build()));
    appliance.stop().block(Launches.PATIENCE);
    return appliance.accelerator();
  }
}
