package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.launch.FakeQemu.Mode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that dies by SIGKILL takes its machines with it. */
@Timeout(120)
class KilledJvmTests {

  @TempDir Path directory;

  @Test
  void noMachineSurvivesAndTheNextStartSweeps() throws Exception {
    long qemu;
    try (ChildJvm jvm = ChildJvm.start(Victim.class, directory.toString())) {
      qemu = Long.parseLong(jvm.line());
      assertThat(ProcessHandle.of(qemu)).isPresent();
      // The shell that holds qemu, the one that watches, and the wrapper script.
      assertThat(jvm.family()).hasSizeGreaterThanOrEqualTo(3);
      jvm.kill();
    }
    assertThat(ProcessHandle.of(qemu)).isEmpty();

    try (Launches launches = new Launches(directory)) {
      assertThat(launches.leftOvers()).isNotEmpty();
      Appliance next = await(launches.launch(launches.fakeConfig(Mode.OBEDIENT).build()));
      next.stop().block(Launches.PATIENCE);
      assertThat(launches.leftOvers()).isEmpty();
    }
  }

  /** Launches, says which process qemu is, and waits to be killed. */
  static final class Victim {

    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      try (Launches launches = new Launches(directory)) {
        Path qemu = FakeQemu.script(directory, Mode.OBEDIENT);
        Path wrapper = FakeQemu.script(directory, "'" + qemu + "' \"$@\"; exit $?");
        Appliance appliance = await(launches.launch(launches.fakeConfig(wrapper).build()));
        System.out.println(await(appliance.qemuPid()));
        appliance.exit().block(Launches.PATIENCE);
      }
    }
  }
}
