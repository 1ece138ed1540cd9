package io.guestfs.appliance.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.ApplianceEvent.Warning;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.WaitingAppliance;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Launches with an environment below one directory, and remembers all events. As an extension of a
 * test it has a directory of its own, nothing may be left of what was launched, and no launch may
 * have warned, as one does that boots for want of a template, unless the test has asked for the
 * {@link #warnings}.
 */
final class Launches implements AutoCloseable, AfterEachCallback {

  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path directory;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final List<ApplianceEvent> events = new CopyOnWriteArrayList<>();
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
  private final Sinks.Many<ApplianceEvent> replay = Sinks.many().replay().all();
  private final Path kvm;
  private final BackgroundWarming background = new BackgroundWarming();
  private TemplateLaunch strategy =
      new TemplateLaunch(ChronoUnit.FOREVER.getDuration(), background);

  Launches() {
    this(newDirectory());
  }

  Launches(Path directory) {
    this.directory = directory;
    this.kvm = directory.resolve("kvm");
    try {
      for (String place : List.of("t", "r", "c")) {
        Files.createDirectories(directory.resolve(place));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("launches");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    awaitIdleBackground();
    close();
    try {
      assertThat(leftOvers()).isEmpty();
      assertThat(warnings).as("warnings that the test does not expect").isEmpty();
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Everything is below it. */
  Path directory() {
    return directory;
  }

  static <T> T await(Mono<T> value) {
    return value.blockOptional(PATIENCE).orElseThrow();
  }

  /** Whether a template was saved after its daemon had warmed up. */
  static boolean isWarm(Path template) throws IOException {
    return Files.readAllLines(template.resolve("template.properties")).contains("warmth=warm");
  }

  /** Stands in for {@code /dev/kvm}: absent until a test makes it. */
  Path kvm() {
    return kvm;
  }

  /** What a guest that never gets warm is given. */
  void captureLimit(Duration limit) {
    strategy = new TemplateLaunch(limit, background);
  }

  Environment environment() {
    return Environment.of(variables());
  }

  Map<String, String> variables() {
    return Map.of(
        "TMPDIR", directory.resolve("t").toString(),
        "XDG_RUNTIME_DIR", directory.resolve("r").toString(),
        "XDG_CACHE_HOME", directory.resolve("c").toString());
  }

  /** With an appliance that only a fake qemu boots, and with TCG; nothing is warmed unasked. */
  MachineConfig.Builder fakeConfig(FakeQemu.Mode mode) throws IOException {
    return fakeConfig(FakeQemu.script(directory, mode));
  }

  MachineConfig.Builder fakeConfig(Path qemu) throws IOException {
    return MachineConfig.builder(environment())
        .applianceDirectory(fakeAppliance())
        .qemu(qemu.toString())
        .accelerator(Accelerator.TCG)
        .warmTemplates(false)
        .launchTimeout(PATIENCE);
  }

  /** As {@link #fakeConfig(Path)}, with an appliance that can be saved. */
  MachineConfig.Builder savableConfig(Path qemu) throws IOException {
    MachineConfig.Builder config = fakeConfig(qemu);
    Files.writeString(fakeAppliance().resolve("appliance.properties"), "format=erofs\ncontrol=4\n");
    return config.memoryMegabytes(MachineConfig.MIN_MEMORY_MEGABYTES);
  }

  /** Where templates are. */
  Path templates() {
    return environment().cacheDirectory().resolve("templates");
  }

  private Path fakeAppliance() throws IOException {
    Path appliance = directory.resolve("appliance");
    if (Files.exists(appliance)) {
      return appliance;
    }
    Files.createDirectory(appliance);
    for (String file : List.of("kernel", "initrd", "root")) {
      Files.writeString(appliance.resolve(file), file);
    }
    Files.writeString(
        appliance.resolve("appliance.properties"), "format=erofs\nkernel.arguments=quiet\n");
    return appliance;
  }

  Mono<Appliance> launch(MachineConfig config) {
    return new ApplianceLauncher(loops, kvm, strategy).launch(config, this::record);
  }

  Mono<WaitingAppliance> launchWaiting(MachineConfig config) {
    return new ApplianceLauncher(loops, kvm, strategy).launchWaiting(config, this::record);
  }

  /** Makes the template of a configuration, warm. */
  void prepareTemplate(MachineConfig config) {
    new ApplianceLauncher(loops, kvm, strategy)
        .prepareTemplate(config, this::record)
        .block(PATIENCE);
  }

  /** Waits until nothing is warmed in the background. */
  void awaitIdleBackground() {
    background.idle().block(PATIENCE);
  }

  <T extends ApplianceEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void record(ApplianceEvent event) {
    events.add(event);
    if (event instanceof Warning warning) {
      warnings.add(warning.message());
    }
    replay.emitNext(event, Sinks.EmitFailureHandler.FAIL_FAST);
  }

  /** The warnings since this was asked last: what a test provokes, it has to ask for. */
  List<String> warnings() {
    List<String> taken = new ArrayList<>();
    for (String next = warnings.poll(); next != null; next = warnings.poll()) {
      taken.add(next);
    }
    return taken;
  }

  /** Waits for an event, which may have been long ago. */
  Mono<ApplianceEvent> first(ApplianceEvent expected) {
    return replay.asFlux().filter(expected::equals).next();
  }

  /** Tells of everything that happens from now on. */
  void onEvent(Consumer<ApplianceEvent> listener) {
    replay.asFlux().subscribe(listener);
  }

  /** Waits for the first event of a kind, which may have been long ago. */
  <T extends ApplianceEvent> T first(Class<T> type) {
    return await(replay.asFlux().ofType(type).next());
  }

  /** What is left in the places for temporary files. */
  List<Path> leftOvers() throws IOException {
    try (Stream<Path> temporary = Files.list(directory.resolve("t"));
        Stream<Path> runtime = Files.list(directory.resolve("r"))) {
      return Stream.concat(temporary, runtime).toList();
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
