package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.PATIENCE;
import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.WaitingAppliance;
import io.guestfs.appliance.launch.FakeQemu.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that get their disks when they are up, with programs that stand in for qemu. */
@Timeout(120)
class DisklessMachineTests {

  @RegisterExtension final Launches launches = new Launches();
  private final Path directory = launches.directory();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isGivenItsDisksOnce(boolean template) throws IOException {
    WaitingAppliance waiting =
        await(launches.launchWaiting(savable(Mode.OBEDIENT).templates(template).build()));
    Appliance machine = await(waiting.use(List.of(drive(), drive())));
    assertThatThrownBy(() -> await(waiting.use(List.of())))
        .isInstanceOf(IllegalStateException.class);
    machine.stop().block(PATIENCE);
    assertThat(phases())
        .endsWith(Phase.READY, Phase.ATTACHING_DRIVES, Phase.READY, Phase.STOPPED)
        .containsOnlyOnce(Phase.ATTACHING_DRIVES);
    assertThat(phases().contains(Phase.RESTORING)).isEqualTo(template);
    assertThat(await(waiting.exit()).errors())
        .last()
        .asString()
        .matches("disks \\d+ \\d+ placeholder,1");
  }

  @Test
  void isStoppedWhenTheDisksCannotBeUsed() throws IOException {
    WaitingAppliance locked = await(launches.launchWaiting(savable(Mode.DISK_LOCKED).build()));
    assertThatThrownBy(() -> await(locked.use(List.of(drive()))))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("in use by another process");
    await(locked.exit());

    WaitingAppliance blind = await(launches.launchWaiting(savable(Mode.CANNOT_PLUG).build()));
    assertThatThrownBy(() -> await(blind.use(List.of(drive()))))
        .isInstanceOf(ApplianceLaunchException.class)
        .hasMessageContaining("no disks");
    await(blind.exit());

    WaitingAppliance other = await(launches.launchWaiting(savable(Mode.OBEDIENT).build()));
    Drive missing = Drive.local(directory.resolve("missing")).build();
    assertThatThrownBy(() -> await(other.use(List.of(missing))))
        .isInstanceOf(ApplianceConfigurationException.class);
    await(other.exit());
  }

  @Test
  void hasToPractise() throws IOException {
    assertThatThrownBy(
            () ->
                await(
                    launches.launchWaiting(savable(Mode.CANNOT_PRACTISE).templates(false).build())))
        .isInstanceOf(ApplianceLaunchException.class)
        .hasMessageContaining("no practice");
  }

  @Test
  void saysHowItDied() throws IOException {
    WaitingAppliance waiting = await(launches.launchWaiting(savable(Mode.DIES_PLUGGING).build()));
    assertThatThrownBy(() -> await(waiting.use(List.of(drive()))))
        .isInstanceOfSatisfying(
            ApplianceLaunchException.class,
            e -> assertThat(e.exit()).isNotNull().hasFieldOrPropertyWithValue("status", 3))
        .hasMessageContaining("a machine that waited ended: it ");
  }

  @Test
  void saysThatItIsGone() throws IOException {
    WaitingAppliance waiting = await(launches.launchWaiting(savable(Mode.OBEDIENT).build()));
    waiting.stop().block(PATIENCE);
    assertThatThrownBy(() -> await(waiting.use(List.of(drive()))))
        .isInstanceOf(ApplianceLaunchException.class)
        .hasMessageContaining("a machine that waited");
  }

  @Test
  void applianceThatCannotWaitIsRefused() throws IOException {
    assertThatThrownBy(
            () -> await(launches.launchWaiting(launches.fakeConfig(Mode.OBEDIENT).build())))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("must be given its disks before it boots");
  }

  private MachineConfig.Builder savable(Mode mode) throws IOException {
    return launches.savableConfig(FakeQemu.script(directory, mode));
  }

  private Drive drive() throws IOException {
    Path image = Files.createTempFile(directory, "disk", ".img");
    return Drive.local(Files.writeString(image, "content")).build();
  }

  private List<Phase> phases() {
    return launches.events(PhaseChanged.class).stream().map(PhaseChanged::phase).toList();
  }
}
