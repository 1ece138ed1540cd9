package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.ApplianceLaunchException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * qemu is killed, by SIGKILL, in every state of a handle. What waits and runs fails within a
 * second, with how qemu ended and what the console said last. And a launch that nobody wants any
 * more when it is about to succeed leaves no qemu.
 */
@Timeout(900)
@EnabledIfSystemProperty(named = "guestfs.appliance", matches = ".+")
class DeathIntegrationTests {

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration FAILS_WITHIN = Duration.ofSeconds(1);

  /**
   * A processor that has other things to do may make it late once; what is slow of itself is late
   * each time.
   */
  private static final int ATTEMPTS = 3;

  private static final int KILLED = 9;

  @TempDir private Path folder;
  private GuestfsBuilder builder = Guestfs.builder();

  @BeforeEach
  void describeTheMachine() throws IOException {
    Path disk = folder.resolve("disk.img");
    try (RandomAccessFile image = new RandomAccessFile(disk.toFile(), "rw")) {
      image.setLength(64L << 20);
    }
    builder =
        Guestfs.builder()
            .appliance(Path.of(APPLIANCE))
            .accelerator(Accelerator.TCG)
            .warmTemplates(false)
            .addDrive(disk);
  }

  private static Guestfs launch(GuestfsBuilder builder) {
    return Objects.requireNonNull(builder.launch().block(PATIENCE));
  }

  /** How qemu ended as a call tells it, and when it did by the clock of this JVM. */
  private record End(long nanoTime, @Nullable ApplianceExit exit, List<String> console) {

    /** The end of something that is pending. */
    static CompletableFuture<End> of(Publisher<?> pending) {
      return Flux.from(pending)
          .then()
          .materialize()
          .map(signal -> of(System.nanoTime(), signal.getThrowable()))
          .toFuture();
    }

    private static End of(long nanoTime, @Nullable Throwable error) {
      if (error instanceof ApplianceDiedException death) {
        return new End(nanoTime, death.exit(), death.console());
      }
      assertThat(error)
          .isInstanceOf(LaunchException.class)
          .hasCauseInstanceOf(ApplianceLaunchException.class);
      LaunchException failure = (LaunchException) Objects.requireNonNull(error);
      ApplianceLaunchException cause =
          (ApplianceLaunchException) Objects.requireNonNull(failure.getCause());
      return new End(nanoTime, cause.exit(), failure.console());
    }

    /** The end of a handle without calls. */
    static CompletableFuture<End> of(Guestfs g) {
      return g.events()
          .ofType(GuestfsEvent.ApplianceExited.class)
          .next()
          .map(event -> new End(System.nanoTime(), event.exit(), event.exit().console()))
          .toFuture();
    }
  }

  /** What came of a kill at a time. */
  private record Death(long nanoTime, List<End> ends) {

    /** Also when the time was up before it was known how qemu ended. */
    boolean isLate() {
      return ends.stream()
          .anyMatch(end -> took(end).compareTo(FAILS_WITHIN) >= 0 || end.exit() == null);
    }

    void assertInTime() {
      for (End end : ends) {
        assertThat(took(end)).isLessThan(FAILS_WITHIN);
        assertThat(Objects.requireNonNull(end.exit()).signal()).hasValue(KILLED);
      }
    }

    void assertShowsTheConsole() {
      assertThat(ends).allSatisfy(end -> assertThat(end.console()).isNotEmpty());
    }

    private Duration took(End end) {
      return Duration.ofNanos(end.nanoTime() - nanoTime);
    }
  }

  /** Comes to a state, and kills qemu there. */
  @FunctionalInterface
  private interface Scene {
    Death play() throws Exception;
  }

  private static Death inTime(Scene scene) throws Exception {
    Death death = scene.play();
    for (int attempt = 1; attempt < ATTEMPTS && death.isLate(); attempt++) {
      death = scene.play();
    }
    death.assertInTime();
    return death;
  }

  private static List<ProcessHandle> qemus() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").contains("qemu-system"))
        .toList();
  }

  /** Kills qemu, and waits for the end of what is pending. */
  @SafeVarargs
  private static Death kill(CompletableFuture<End>... pending) throws Exception {
    List<ProcessHandle> qemus = qemus();
    assertThat(qemus).hasSize(1);
    long killed = System.nanoTime();
    assertThat(qemus.get(0).destroyForcibly()).isTrue();
    List<End> ends = new ArrayList<>();
    for (CompletableFuture<End> end : pending) {
      ends.add(get(end));
    }
    return new Death(killed, ends);
  }

  private static <T> T get(CompletableFuture<T> moment) throws Exception {
    return moment.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void assertOver(Guestfs g) {
    assertThat(g.state()).isEqualTo(GuestfsState.CONFIG);
    assertThatThrownBy(() -> g.pingDaemon().block(PATIENCE))
        .isInstanceOf(CallRejectedException.class)
        .hasCauseInstanceOf(ApplianceDiedException.class);
  }

  @Test
  void whileItLaunches() throws Exception {
    inTime(
            () -> {
              CompletableFuture<Boolean> boots = new CompletableFuture<>();
              GuestfsBuilder cold =
                  builder
                      .verbose(true)
                      .listener(
                          event -> {
                            if (event instanceof GuestfsEvent.ConsoleLine) {
                              boots.complete(true);
                            }
                          });
              CompletableFuture<End> launch = End.of(cold.launch());
              get(boots);
              return kill(launch);
            })
        .assertShowsTheConsole();
  }

  @Test
  void whileItWaitsForACall() throws Exception {
    inTime(
        () -> {
          Guestfs g = launch(builder);
          assertThat(g.state()).isEqualTo(GuestfsState.READY);
          Death death = kill(End.of(g));
          assertOver(g);
          return death;
        });
  }

  /** On a machine that was booted, so that its console has something to say. */
  @Test
  void whileACallRunsAndOthersWait() throws Exception {
    inTime(
            () -> {
              Guestfs g = launch(builder.verbose(true));
              CompletableFuture<End> running = End.of(g.sleep(1000));
              CompletableFuture<End> waiting = End.of(g.sync());
              CompletableFuture<End> transfer = End.of(g.download("/dev/sda"));
              while (g.state() != GuestfsState.BUSY) {
                Thread.onSpinWait();
              }
              Death death = kill(running, waiting, transfer);
              assertOver(g);
              return death;
            })
        .assertShowsTheConsole();
  }

  @Test
  void whileContentIsUploaded() throws Exception {
    inTime(
        () -> {
          Guestfs g = launch(builder);
          CompletableFuture<Boolean> flows = new CompletableFuture<>();
          Flux<ByteBuffer> source =
              Flux.just(ByteBuffer.allocate(4096))
                  .doOnComplete(() -> flows.complete(true))
                  .concatWith(Flux.never());
          CompletableFuture<End> upload = End.of(g.upload(source, "/dev/sda"));
          get(flows);
          Death death = kill(upload);
          assertOver(g);
          return death;
        });
  }

  @Test
  void whileADownloadIsNotReadAndACloseWaits() throws Exception {
    inTime(
        () -> {
          Guestfs g = launch(builder);
          CompletableFuture<Boolean> stalled = new CompletableFuture<>();
          CompletableFuture<End> download =
              End.of(
                  g.download("/dev/sda")
                      .doOnNext(piece -> stalled.complete(true))
                      .concatMap(piece -> Mono.never(), 1));
          CompletableFuture<End> close = End.of(g.close());
          get(stalled);
          Death death = kill(download, close);
          assertThat(g.state()).isEqualTo(GuestfsState.CONFIG);
          return death;
        });
  }

  @Test
  void theBuilderLaunchesAnother() throws Exception {
    inTime(() -> kill(End.of(launch(builder))));
    Guestfs next = launch(builder);
    next.pingDaemon().block(PATIENCE);
    next.close().block(PATIENCE);
  }

  /** The machine is up; what is missing is the first word of the daemon. */
  @Test
  void cancellingALaunchThatIsAboutToSucceedLeavesNoQemu() throws Exception {
    Sinks.Empty<Void> cancel = Sinks.empty();
    CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    builder
        .listener(
            event -> {
              if (event.equals(new GuestfsEvent.LaunchPhase(ApplianceEvent.Phase.READY))) {
                cancel.tryEmitEmpty().orThrow();
              } else if (event.equals(new GuestfsEvent.LaunchPhase(ApplianceEvent.Phase.STOPPED))) {
                stopped.complete(true);
              }
            })
        .launch()
        .takeUntilOther(cancel.asMono())
        .block(PATIENCE);
    get(stopped);
    assertThat(qemus()).isEmpty();
  }
}
