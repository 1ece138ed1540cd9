package io.guestfs;

import io.guestfs.GuestfsInstrumentation.LaunchSource;
import io.guestfs.appliance.ApplianceEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Tells an instrumentation how one launch goes. */
final class ObservedLaunch {

  private final GuestfsInstrumentation.Launch told;

  /** A cancel may come from another thread than the handle. */
  private final AtomicBoolean ended = new AtomicBoolean();

  private ObservedLaunch(GuestfsInstrumentation.Launch told) {
    this.told = told;
  }

  /** Each subscription is a launch of its own. */
  static <T> Mono<T> of(
      GuestfsInstrumentation instrumentation, Function<ObservedLaunch, Mono<T>> attempt) {
    return Mono.deferContextual(
        context -> {
          ObservedLaunch launch = new ObservedLaunch(instrumentation.launchStarted(context));
          return Mono.defer(() -> attempt.apply(launch))
              .doOnSuccess(launched -> launch.end(launch.told::succeeded))
              .doOnError(error -> launch.end(() -> launch.told.failed(error)))
              .doOnCancel(() -> launch.end(launch.told::cancelled));
        });
  }

  void startingFrom(LaunchSource source) {
    told.startingFrom(source);
  }

  /** Sees from the events which way the launch takes. */
  Consumer<ApplianceEvent> watching(Consumer<ApplianceEvent> listener) {
    return event -> {
      if (event instanceof ApplianceEvent.PhaseChanged changed) {
        follow(changed.phase());
      }
      listener.accept(event);
    };
  }

  private void follow(ApplianceEvent.Phase phase) {
    if (phase == ApplianceEvent.Phase.STARTING_QEMU) {
      startingFrom(LaunchSource.BOOT);
    } else if (phase == ApplianceEvent.Phase.RESTORING) {
      startingFrom(LaunchSource.TEMPLATE);
    }
  }

  private void end(Runnable report) {
    if (ended.compareAndSet(false, true)) {
      report.run();
    }
  }
}
