package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.observation.GuestfsMeter;
import io.guestfs.observation.GuestfsTag;
import io.guestfs.observation.MicrometerInstrumentation;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** What the meters say of launches, handles and pools. */
@Timeout(120)
class LaunchMeterTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LoopbackLauncher launcher = new LoopbackLauncher();
  private final GuestfsBuilder builder =
      Guestfs.builder().launcher(launcher).instrumentation(MicrometerInstrumentation.of(registry));

  @AfterEach
  void nothingIsLeft() throws IOException, InterruptedException {
    launcher.awaitAllStopped(PATIENCE, "the end");
    launcher.assertNothingLeaked();
    launcher.close();
    assertThat(openHandles()).isZero();
  }

  private GuestfsBuilder passing(Phase... phases) {
    return builder.launcher(
        (loop, config, listener) -> {
          for (Phase phase : phases) {
            listener.accept(new PhaseChanged(phase));
          }
          return launcher.launch(loop, config, listener);
        });
  }

  private int openHandles() {
    return registry.get(GuestfsMeter.HANDLES_OPEN.key()).longTaskTimer().activeTasks();
  }

  private double gauge(GuestfsMeter meter) {
    return registry.get(meter.key()).gauge().value();
  }

  private long launches(String source, String outcome, String error) {
    Timer timer =
        registry
            .find(GuestfsMeter.LAUNCHES.key())
            .tags(
                GuestfsTag.SOURCE.key(), source,
                GuestfsTag.OUTCOME.key(), outcome,
                GuestfsTag.ERROR.key(), error)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  private long launches() {
    return registry.find(GuestfsMeter.LAUNCHES.key()).timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }

  private static <T> T get(Mono<T> value) {
    return Objects.requireNonNull(value.block(PATIENCE));
  }

  @Test
  void aMachineThatBoots() {
    Guestfs g = get(passing(Phase.STARTING_QEMU, Phase.BOOTING, Phase.READY).launch());
    assertThat(launches("boot", "success", "none")).isEqualTo(1);
    assertThat(openHandles()).isEqualTo(1);
    g.close().block(PATIENCE);
    assertThat(launches()).isEqualTo(1);
  }

  @Test
  void aMachineThatIsRestored() {
    Guestfs g = get(passing(Phase.CAPTURING, Phase.STARTING_QEMU, Phase.RESTORING).launch());
    assertThat(launches("template", "success", "none")).isEqualTo(1);
    g.close().block(PATIENCE);
  }

  @Test
  void aMachineThatBootsBecauseItCouldNotBeRestored() {
    Guestfs g =
        get(
            passing(Phase.STARTING_QEMU, Phase.RESTORING, Phase.STARTING_QEMU, Phase.BOOTING)
                .launch());
    assertThat(launches("boot", "success", "none")).isEqualTo(1);
    g.close().block(PATIENCE);
  }

  @Test
  void aLaunchThatFails() {
    Mono<Guestfs> launch =
        builder
            .launcher(
                (loop, config, listener) ->
                    Mono.error(new ApplianceConfigurationException("no appliance")))
            .launch();
    assertThatThrownBy(() -> get(launch)).isInstanceOf(LaunchException.class);
    assertThat(launches("none", "error", "LaunchException")).isEqualTo(1);
    assertThat(launches()).isEqualTo(1);
  }

  @Test
  void aLaunchWhoseDescriptionIsWrong() {
    assertThatThrownBy(() -> get(builder.backend("libvirt").launch()))
        .isInstanceOf(LaunchException.class);
    assertThat(launches("none", "error", "LaunchException")).isEqualTo(1);
  }

  @Test
  void aLaunchThatIsCancelled() {
    Sinks.Empty<Void> launching = Sinks.empty();
    Mono<Guestfs> launch =
        builder
            .launcher(
                (loop, config, listener) -> {
                  listener.accept(new PhaseChanged(Phase.STARTING_QEMU));
                  launching.tryEmitEmpty();
                  return Mono.never();
                })
            .launch();
    StepVerifier.create(launch)
        .then(() -> launching.asMono().block(PATIENCE))
        .thenCancel()
        .verify(PATIENCE);
    assertThat(launches("boot", "cancelled", "none")).isEqualTo(1);
    assertThat(launches()).isEqualTo(1);
  }

  @Test
  void aPool() {
    GuestfsPool pool = GuestfsPool.builder(builder).size(2).build();
    assertThat(gauge(GuestfsMeter.POOL_WAITING)).isZero();
    pool.warmUp().block(PATIENCE);
    assertThat(gauge(GuestfsMeter.POOL_WAITING)).isEqualTo(2);
    assertThat(gauge(GuestfsMeter.POOL_PENDING)).isZero();
    assertThat(launches("none", "success", "none")).as("to fill it").isEqualTo(2);
    assertThat(openHandles()).isZero();

    Guestfs g = get(pool.acquire(UnaryOperator.identity()));
    assertThat(launches("pool", "success", "none")).isEqualTo(1);
    assertThat(openHandles()).isEqualTo(1);
    g.close().block(PATIENCE);

    pool.close().block(PATIENCE);
    assertThat(gauge(GuestfsMeter.POOL_WAITING)).isZero();
  }

  @Test
  void callsOfAllHandlesAddUp() {
    for (int i = 0; i < 3; i++) {
      builder.using(g -> g.download("/bytes/100000")).blockLast(PATIENCE);
    }
    assertThat(registry.get(GuestfsMeter.CONTENT_RECEIVED.key()).counter().count())
        .isEqualTo(300_000);
    assertThat(launches()).isEqualTo(3);
  }
}
