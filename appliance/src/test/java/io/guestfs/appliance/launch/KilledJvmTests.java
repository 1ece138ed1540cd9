package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.launch.FakeQemu.Mode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that dies by SIGKILL takes its machines with it. */
@Timeout(120)
class KilledJvmTests {

  @TempDir Path directory;

  @Test
  void noMachineSurvivesAndTheNextStartSweeps() throws Exception {
    Process jvm =
        new ProcessBuilder(
                List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Victim.class.getName(),
                    directory.toString()))
            .redirectError(new File("/dev/null"))
            .start();
    long qemu;
    try (BufferedReader output = jvm.inputReader()) {
      qemu = Long.parseLong(Optional.ofNullable(output.readLine()).orElseThrow());
      assertThat(ProcessHandle.of(qemu)).isPresent();
      // The shell that holds qemu, the one that watches, and the wrapper script.
      assertThat(jvm.descendants()).hasSizeGreaterThanOrEqualTo(3);
    } finally {
      List<ProcessHandle> family = jvm.descendants().toList();
      jvm.destroyForcibly();
      for (ProcessHandle process : family) {
        process.onExit().get(Launches.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
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
