package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.PATIENCE;
import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent.ConsoleLine;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.host.HostProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** What can come between qemu and a template while it is made. */
@ExtendWith(RealAppliance.class)
@Timeout(900)
class TemplateIntegrationTests {

  /** Makes the kernel talk, so that it can be seen to boot. */
  private static final String TALK = "loglevel=6";

  @RegisterExtension final Launches launches = new Launches();
  private final Path directory = launches.directory();

  @Test
  void whenItsMakerIsKilledOneOfTwoOthersMakesItAndOneWarmsItMeanwhile() throws Exception {
    Path captures = directory.resolve("captures");
    Path qemu =
        FakeQemu.script(
            directory,
            "case \"$*\" in *share=on*) echo one >> '%s';; esac; exec qemu-system-x86_64 \"$@\""
                .formatted(captures));
    String[] arguments = {directory.toString(), qemu.toString()};
    try (ChildJvm maker = ChildJvm.start(Maker.class, arguments)) {
      while (!maker.line().startsWith("ConsoleLine")) {
        // Not booting yet.
      }
      assertThat(maker.family())
          .anyMatch(process -> process.info().command().orElse("").contains("qemu-system"));
      maker.kill();
    }
    assertThat(templates()).singleElement().asString().startsWith(".new-");

    try (ChildJvm one = ChildJvm.start(Maker.class, arguments);
        ChildJvm other = ChildJvm.start(Maker.class, arguments)) {
      assertThat(one.lines())
          .contains("PhaseChanged[phase=RESTORING]", "up")
          .noneMatch(line -> line.startsWith("Warning"));
      assertThat(other.lines())
          .contains("PhaseChanged[phase=RESTORING]", "up")
          .noneMatch(line -> line.startsWith("Warning"));
    }
    assertThat(Files.readAllLines(captures))
        .as("the killed one, one of two, and one that goes on from that")
        .hasSize(3);
    assertThat(templates()).singleElement().asString().doesNotStartWith(".new-");
    assertThat(Launches.isWarm(launches.templates().resolve(templates().get(0)))).isTrue();
  }

  /** Launches, tells what happens, stops, and ends when the template is warm. */
  static final class Maker {

    private Maker() {}

    public static void main(String[] arguments) {
      try (Launches launches = new Launches(Path.of(arguments[0]))) {
        launches.onEvent(System.out::println);
        MachineConfig config =
            RealAppliance.config(launches)
                .qemu(arguments[1])
                .appendKernel(TALK)
                .warmTemplates(true)
                .build();
        Appliance machine = await(launches.launch(config));
        machine.stop().block(PATIENCE);
        System.out.println("up");
        launches.awaitIdleBackground();
        launches.prepareTemplate(config);
      }
    }
  }

  @Test
  void withoutSpaceToBeginItBoots() throws Exception {
    try (Tmpfs cache = Tmpfs.mount(directory.resolve("c"), 64)) {
      Path qemu = FakeQemu.script(directory, FakeQemu.Mode.OBEDIENT);
      await(launches.launch(launches.savableConfig(qemu).build())).stop().block(PATIENCE);
      assertThat(warning())
          .contains(cache.place().toString(), "MB free, a template may need 512 MB");
    }
  }

  @Test
  void whenTheSpaceRunsOutMeanwhileItBoots() throws Exception {
    try (Tmpfs cache = Tmpfs.mount(directory.resolve("c"), 600)) {
      MachineConfig config = RealAppliance.config(launches).appendKernel(TALK).build();
      CompletableFuture<Appliance> launch = launches.launch(config).toFuture();
      launches.first(ConsoleLine.class);
      cache.fill();
      Appliance machine = await(Mono.fromFuture(launch));
      assertThat(await(RealAppliance.firstWord(machine))).isEqualTo(RealAppliance.LAUNCH_FLAG);
      machine.stop().block(PATIENCE);
      assertThat(warning()).contains("there is no space left in " + launches.templates());
      assertThat(templates()).isEmpty();
    }
  }

  /** The only one, of a machine that came up without a template. */
  private String warning() {
    assertThat(launches.events(PhaseChanged.class))
        .contains(new PhaseChanged(Phase.READY))
        .doesNotContain(new PhaseChanged(Phase.RESTORING));
    List<String> warnings = launches.warnings();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("launching without a template: ");
    return warnings.get(0);
  }

  private List<String> templates() throws IOException {
    try (Stream<Path> found = Files.list(launches.templates())) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.endsWith(".lock"))
          .toList();
    }
  }

  /** A small file system, which takes root. */
  private record Tmpfs(Path place) implements AutoCloseable {

    static Tmpfs mount(Path place, int megabytes) throws IOException {
      List<String> command =
          List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "M", "t", place.toString());
      HostProgram.Result mounted = HostProgram.run(command, PATIENCE);
      assumeThat(mounted.status()).as(mounted.output()).isZero();
      return new Tmpfs(place);
    }

    void fill() throws IOException {
      byte[] megabyte = new byte[1 << 20];
      try (OutputStream file = Files.newOutputStream(place.resolve("filler"))) {
        assertThatThrownBy(
                () -> {
                  while (true) {
                    file.write(megabyte);
                  }
                })
            .hasMessageContaining("No space left");
      }
    }

    @Override
    public void close() throws IOException {
      HostProgram.Result gone = HostProgram.run(List.of("umount", place.toString()), PATIENCE);
      assertThat(gone.status()).as(gone.output()).isZero();
    }
  }
}
