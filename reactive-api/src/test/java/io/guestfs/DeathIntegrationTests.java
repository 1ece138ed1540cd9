package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.Appliance;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** qemu is killed, by SIGKILL, in every state of a handle. */
@Timeout(900)
class DeathIntegrationTests {

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** It is half a second at most; machines that test are busy. */
  private static final long FAILS_WITHIN_SECONDS = 5;

  private static final int KILLED = 9;

  @TempDir private Path folder;
  private final AtomicReference<Appliance> machine = new AtomicReference<>();
  private GuestfsBuilder builder = Guestfs.builder();

  @BeforeAll
  static void thereIsOne() {
    assumeThat(APPLIANCE).as("system property guestfs.appliance").isNotEmpty();
  }

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
            .verbose(true)
            .addDrive(disk)
            .launcher(
                (loop, config, listener) ->
                    Launch.Launcher.QEMU.launch(loop, config, listener).doOnNext(machine::set));
  }

  private Guestfs launch() {
    return Objects.requireNonNull(builder.launch().block(PATIENCE));
  }

  private void kill() {
    Appliance appliance = Objects.requireNonNull(machine.get());
    long pid = Objects.requireNonNull(appliance.qemuPid().block(PATIENCE));
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  private static void assertDied(CompletableFuture<?> call) throws Exception {
    Throwable error =
        call.<@Nullable Throwable>handle((value, failure) -> failure)
            .get(FAILS_WITHIN_SECONDS, TimeUnit.SECONDS);
    assertThat(error)
        .isInstanceOfSatisfying(
            ApplianceDiedException.class,
            death -> {
              assertThat(Objects.requireNonNull(death.exit()).signal()).hasValue(KILLED);
              assertThat(death.console()).isNotEmpty();
            });
  }

  private static void assertOver(Guestfs g) {
    assertThat(g.state()).isEqualTo(GuestfsState.CONFIG);
    assertThatThrownBy(() -> g.pingDaemon().block(PATIENCE))
        .isInstanceOf(CallRejectedException.class)
        .hasCauseInstanceOf(ApplianceDiedException.class);
  }

  @Test
  void whileItWaitsForACall() {
    Guestfs g = launch();
    CompletableFuture<Void> end = g.events().then().toFuture();
    assertThat(g.state()).isEqualTo(GuestfsState.READY);
    kill();
    end.orTimeout(FAILS_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    assertOver(g);
  }

  @Test
  void whileACallRunsAndOthersWait() throws Exception {
    Guestfs g = launch();
    CompletableFuture<Void> running = g.sleep(1000).toFuture();
    CompletableFuture<Void> waiting = g.sync().toFuture();
    CompletableFuture<ByteBuffer> transfer = g.download("/dev/sda").last().toFuture();
    while (g.state() != GuestfsState.BUSY) {
      Thread.onSpinWait();
    }
    kill();
    assertDied(running);
    assertDied(waiting);
    assertDied(transfer);
    assertOver(g);
  }

  @Test
  void whileContentFlowsAndTheBuilderLaunchesAnother() throws Exception {
    Guestfs g = launch();
    CompletableFuture<Void> flowing = new CompletableFuture<>();
    Flux<ByteBuffer> source =
        Flux.just(ByteBuffer.allocate(4096))
            .doOnComplete(() -> flowing.complete(null))
            .concatWith(Flux.never());
    CompletableFuture<Void> uploading = g.upload(source, "/dev/sda").toFuture();
    await(flowing);
    kill();
    assertDied(uploading);
    assertOver(g);

    Guestfs next = launch();
    CompletableFuture<Void> stalled = new CompletableFuture<>();
    CompletableFuture<ByteBuffer> downloading =
        next.download("/dev/sda")
            .doOnNext(piece -> stalled.complete(null))
            .concatMap(piece -> Mono.<ByteBuffer>never(), 1)
            .last()
            .toFuture();
    await(stalled);
    kill();
    assertDied(downloading);
    assertOver(next);
  }

  private static void await(CompletableFuture<Void> moment) throws Exception {
    moment.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
