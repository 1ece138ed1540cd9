package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.ApplianceEvent.Warning;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.QemuOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Launches from templates, with programs that stand in for qemu. */
@Timeout(120)
class TemplateLaunchTests {

  @RegisterExtension final Launches launches = new Launches();
  private final Path directory = launches.directory();

  @Test
  void theFirstLaunchMakesTheTemplateAndTheNextUsesIt() throws IOException {
    MachineConfig config = savable(FakeQemu.Mode.OBEDIENT).build();
    launchAndStop(config);
    assertThat(phases())
        .containsExactly(
            Phase.PREPARING,
            Phase.CAPTURING,
            Phase.STARTING_QEMU,
            Phase.RESTORING,
            Phase.ATTACHING_DRIVES,
            Phase.BOOTING,
            Phase.READY,
            Phase.STOPPED);
    launchAndStop(config);
    assertThat(phases()).filteredOn(phase -> phase == Phase.CAPTURING).hasSize(1);
    assertThat(phases()).filteredOn(phase -> phase == Phase.RESTORING).hasSize(2);
    assertThat(templates()).hasSize(1);
  }

  @Test
  void theFirstTemplateIsFreshAndAWarmOneTakesItsPlaceBehindTheLaunch() throws IOException {
    MachineConfig.Builder config = counted(FakeQemu.Mode.OBEDIENT);
    launchAndStop(config.build());
    Path fresh = templates().get(0);
    assertThat(Launches.isWarm(fresh)).isFalse();
    launchAndStop(config.warmTemplates(true).build());
    launches.awaitIdleBackground();
    assertThat(templates()).singleElement().isNotEqualTo(fresh).matches(this::isWarm);
    launchAndStop(config.build());
    launches.awaitIdleBackground();
    assertThat(runs()).containsExactly("boots", "restored", "restored", "warms", "restored");
  }

  @Test
  void whoeverIsWarmingNobodyElseDoesIt() throws IOException {
    MachineConfig config = counted(FakeQemu.Mode.OBEDIENT).warmTemplates(true).build();
    List<Appliance> machines =
        await(Flux.range(0, 3).flatMap(i -> launches.launch(config)).collectList());
    launches.prepareTemplate(config);
    for (Appliance machine : machines) {
      machine.stop().block(Launches.PATIENCE);
    }
    launches.awaitIdleBackground();
    assertThat(templates()).singleElement().matches(this::isWarm);
    assertThat(runs()).filteredOn(run -> !run.equals("restored")).containsExactly("boots", "warms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec kill -s KILL $$", "exec '%s' \"$@\""})
  void whatCannotBeWarmedStaysAsItIsAndIsNotTriedAgainUnasked(String warming) throws IOException {
    Path failing = FakeQemu.script(directory, FakeQemu.Mode.CANNOT_WARM);
    MachineConfig config = counted(failing, warming.formatted(failing)).warmTemplates(true).build();
    launchAndStop(config);
    assertThat(launches.first(Warning.class).message()).startsWith("the template stays slow: ");
    assertThat(launches.warnings()).hasSize(1);
    launches.awaitIdleBackground();
    launchAndStop(config);
    launches.awaitIdleBackground();
    assertThat(templates()).singleElement().matches(template -> !isWarm(template));
    assertThat(runs()).filteredOn(run -> run.equals("warms")).hasSize(1);
    assertThatThrownBy(() -> launches.prepareTemplate(config))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageStartingWith("there cannot be a warm template: ");
    assertThat(runs()).filteredOn(run -> run.equals("warms")).hasSize(2);
  }

  @Test
  void preparingMakesAWarmTemplateAndLaunchesNothing() throws IOException {
    MachineConfig config = counted(FakeQemu.Mode.OBEDIENT).build();
    launches.prepareTemplate(config);
    launches.prepareTemplate(config);
    assertThat(templates()).singleElement().matches(this::isWarm);
    assertThat(runs()).containsExactly("boots", "warms");
  }

  @Test
  void preparingFailsWhereThereAreNoTemplates() throws IOException {
    MachineConfig.Builder config = savable(FakeQemu.Mode.OBEDIENT);
    assertThatThrownBy(() -> launches.prepareTemplate(config.verbose(true).build()))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("whose boot is to be seen");
    assertThatThrownBy(() -> launches.prepareTemplate(config.templates(false).build()))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("switched off");
    assertThat(launches.templates()).doesNotExist();
  }

  @Test
  void aTemplateThatGoesAwayWhileItIsLaunchedFromIsNotDamaged() throws IOException {
    Path going = directory.resolve("going");
    Path working = FakeQemu.script(directory, FakeQemu.Mode.OBEDIENT);
    Path qemu =
        FakeQemu.script(
            directory,
            "case \"$*\" in *share=off*) rm '%s' && { rm -r '%s'/*-*; exit 1; };; esac; exec '%s' \"$@\""
                .formatted(going, launches.templates(), working));
    MachineConfig config = launches.savableConfig(qemu).build();
    launchAndStop(config);
    Files.createFile(going);
    launchAndStop(config);
    assertThat(going).doesNotExist();
    assertThat(phases()).filteredOn(phase -> phase == Phase.CAPTURING).hasSize(2);
  }

  /** Starts a qemu, and writes down what for. */
  private MachineConfig.Builder counted(FakeQemu.Mode mode) throws IOException {
    Path qemu = FakeQemu.script(directory, mode);
    return counted(qemu, "exec '%s' \"$@\"".formatted(qemu));
  }

  private MachineConfig.Builder counted(Path qemu, String warming) throws IOException {
    return launches.savableConfig(
        FakeQemu.script(
            directory,
            """
            case "$*" in
              *share=on*-incoming*) echo warms >> '%1$s'; %3$s ;;
              *share=on*) echo boots >> '%1$s' ;;
              *) echo restored >> '%1$s' ;;
            esac
            exec '%2$s' "$@"
            """
                .formatted(directory.resolve("runs"), qemu, warming)));
  }

  private List<String> runs() throws IOException {
    return Files.readAllLines(directory.resolve("runs"));
  }

  private boolean isWarm(Path template) {
    try {
      return Launches.isWarm(template);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theTemplateIsForItsOwnerOnly() throws IOException {
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).build());
    assertThat(permissions(launches.templates())).isEqualTo("rwx------");
    Path template = templates().get(0);
    assertThat(permissions(template)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(template)) {
      assertThat(files).hasSize(3).allMatch(file -> permissions(file).equals("rw-------"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeQemu.Mode.class,
      mode = EnumSource.Mode.INCLUDE,
      names = {"NEVER_READY", "CANNOT_SAVE", "CANNOT_LOAD", "CANNOT_WAKE"})
  void launchesColdWhenItCannotBeSavedOrRestoredAndSaysWhy(FakeQemu.Mode mode) throws IOException {
    if (mode == FakeQemu.Mode.NEVER_READY) {
      launches.captureLimit(Duration.ofSeconds(1));
    }
    launchAndStop(savable(mode).build());
    assertThat(launches.warnings())
        .singleElement()
        .asString()
        .contains("launching without a template");
    assertThat(templates()).isEmpty();
  }

  @Test
  void doesNotTryAgainAtOnceWhatHasFailed() throws IOException {
    MachineConfig config = savable(FakeQemu.Mode.CANNOT_SAVE).build();
    launchAndStop(config);
    launchAndStop(config);
    assertThat(launches.warnings()).hasSize(2).last().asString().contains("tried lately");
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void replacesTemplateThatIsNotWhatWasSaved(Damage damage) throws IOException {
    MachineConfig config = savable(FakeQemu.Mode.OBEDIENT).build();
    launchAndStop(config);
    Path template = templates().get(0);
    damage.to(template);
    launchAndStop(config);
    assertThat(template).doesNotExist();
    assertThat(templates()).hasSize(1);
    assertThat(launches.warnings()).singleElement().asString().contains("a template is replaced");
    launchAndStop(config);
    assertThat(phases()).filteredOn(phase -> phase == Phase.CAPTURING).hasSize(2);
  }

  /** What can happen to the files of a template. */
  enum Damage {
    MEMORY_CHANGED("ram") {
      @Override
      void damage(Path file) throws IOException {
        try (FileChannel ram = FileChannel.open(file, StandardOpenOption.WRITE)) {
          ram.write(ByteBuffer.wrap(new byte[] {1}), ram.size() / 2);
        }
      }
    },
    MEMORY_CUT("ram"),
    MEMORY_MISSING("ram") {
      @Override
      void damage(Path file) throws IOException {
        Files.delete(file);
      }
    },
    STATE_CHANGED("state"),
    RECORD_CHANGED("template.properties"),
    OPEN_TO_OTHERS("ram") {
      @Override
      void damage(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
      }
    },
    OF_SOMEBODY_ELSE("ram") {
      @Override
      void damage(Path file) throws IOException {
        assumeThat(Files.getAttribute(file, "unix:uid")).as("our user").isEqualTo(0);
        Files.setAttribute(file, "unix:uid", 65534);
      }
    };

    private final String name;

    Damage(String name) {
      this.name = name;
    }

    void to(Path template) throws IOException {
      damage(template.resolve(name));
    }

    void damage(Path file) throws IOException {
      Files.writeString(file, "x");
    }
  }

  @Test
  void doesNotUseTemplateOfAnotherMachine() throws IOException {
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).build());
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).memoryMegabytes(300).build());
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).appendKernel("more").build());
    assertThat(phases()).filteredOn(phase -> phase == Phase.CAPTURING).hasSize(3);
    assertThat(templates()).hasSize(3);
  }

  @Test
  void manyLaunchesAtOnceMakeOneTemplate() throws IOException {
    MachineConfig config = savable(FakeQemu.Mode.OBEDIENT).build();
    List<Appliance> machines =
        await(Flux.range(0, 3).flatMap(i -> launches.launch(config)).collectList());
    for (Appliance machine : machines) {
      machine.stop().block(Launches.PATIENCE);
    }
    assertThat(templates()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Unusable.class)
  void launchesColdWhereTemplatesCannotBeKept(Unusable reason) throws IOException {
    reason.make(directory);
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).build());
    assertThat(phases()).doesNotContain(Phase.RESTORING).contains(Phase.READY);
    assertThat(launches.warnings())
        .singleElement()
        .asString()
        .contains("launching without a template");
  }

  /** What is wrong with the place. */
  enum Unusable {
    WRITABLE_FOR_ALL {
      @Override
      void make(Path directory) throws IOException {
        Path cache = Files.createDirectories(directory.resolve("c/reactor-guestfs"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
    },
    TEMPLATES_OPEN_TO_OTHERS {
      @Override
      void make(Path directory) throws IOException {
        Path templates = Files.createDirectories(directory.resolve("c/reactor-guestfs/templates"));
        Files.setPosixFilePermissions(templates, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    },
    SYMBOLIC_LINK {
      @Override
      void make(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("c/reactor-guestfs"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("c/reactor-guestfs/templates"), elsewhere);
      }
    },
    OF_SOMEBODY_ELSE {
      @Override
      void make(Path directory) throws IOException {
        assumeThat(Files.getAttribute(directory, "unix:uid")).as("our user").isEqualTo(0);
        Path cache = Files.createDirectories(directory.resolve("c/reactor-guestfs"));
        Files.setAttribute(cache, "unix:uid", 65534);
      }
    },
    NOT_A_DIRECTORY {
      @Override
      void make(Path directory) throws IOException {
        Files.createFile(directory.resolve("c/reactor-guestfs"));
      }
    };

    abstract void make(Path directory) throws IOException;
  }

  @Test
  void whatWasAskedWronglyIsNotTriedCold() throws IOException {
    Path disk = Files.writeString(directory.resolve("disk"), "content");
    MachineConfig config =
        savable(FakeQemu.Mode.DISK_LOCKED).addDrive(Drive.local(disk).build()).build();
    assertThatThrownBy(() -> await(launches.launch(config)))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("in use by another process");
  }

  @Test
  void makingTheTemplateTellsAllWhoWantItThatKvmDoesNotWork() throws IOException {
    Files.createFile(launches.kvm());
    Path tried = directory.resolve("tried");
    Path working = FakeQemu.script(directory, FakeQemu.Mode.OBEDIENT);
    Path qemu =
        FakeQemu.script(
            directory,
            "case \" $* \" in *' -accel kvm '*) echo once >> '%s'; exit 1;; esac; exec '%s' \"$@\""
                .formatted(tried, working));
    MachineConfig config = launches.savableConfig(qemu).accelerator(Accelerator.AUTO).build();
    List<Appliance> machines =
        await(Flux.range(0, 3).flatMap(i -> launches.launch(config)).collectList());
    for (Appliance machine : machines) {
      assertThat(machine.accelerator().accelerator()).isEqualTo(Accelerator.TCG);
      machine.stop().block(Launches.PATIENCE);
    }
    assertThat(launches.warnings())
        .hasSize(3)
        .allMatch(warning -> warning.startsWith("KVM does not work here"));
    assertThat(Files.readAllLines(tried)).containsExactly("once");
    assertThat(phases()).filteredOn(phase -> phase == Phase.RESTORING).hasSize(3);
    assertThat(templates()).hasSize(1);
  }

  @Test
  void cancellingWhileTheTemplateIsMadeLetsTheNextMakeIt() throws IOException {
    MachineConfig hanging =
        savable(FakeQemu.Mode.NEVER_READY).launchTimeout(Launches.PATIENCE).build();
    Disposable launch = launches.launch(hanging).subscribe();
    await(launches.first(new PhaseChanged(Phase.CAPTURING)));
    launch.dispose();
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).build());
    assertThat(templates()).hasSize(1);
  }

  @Test
  void withoutTemplatesItBoots() throws IOException {
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).templates(false).build());
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).verbose(true).build());
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).direct(true).build());
    QemuOption name = new QemuOption("-name", "mine");
    launchAndStop(savable(FakeQemu.Mode.OBEDIENT).addQemuOption(name).build());
    assertThat(phases()).doesNotContain(Phase.RESTORING, Phase.CAPTURING);
    assertThat(launches.templates()).doesNotExist();
  }

  private MachineConfig.Builder savable(FakeQemu.Mode mode) throws IOException {
    return launches.savableConfig(FakeQemu.script(directory, mode));
  }

  private void launchAndStop(MachineConfig config) {
    await(launches.launch(config)).stop().block(Launches.PATIENCE);
  }

  private List<Phase> phases() {
    return launches.events(PhaseChanged.class).stream().map(PhaseChanged::phase).toList();
  }

  private List<Path> templates() throws IOException {
    try (Stream<Path> found = Files.list(launches.templates())) {
      return found.filter(path -> !path.toString().endsWith(".lock")).toList();
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
