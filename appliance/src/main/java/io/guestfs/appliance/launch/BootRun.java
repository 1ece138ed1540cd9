package io.guestfs.appliance.launch;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Makes a {@link Boot} of each subscription. */
final class BootRun {

  private BootRun() {}

  /** Cancelling gives the boot up. */
  static <T> Mono<T> of(Supplier<Boot<T>> boots) {
    return Mono.create(
        sink -> {
          Boot<T> boot = boots.get();
          // Not by cancelling the steps: one that just makes something would leave it behind.
          sink.onCancel(boot::cancel);
          boot.outcome().subscribe(sink::success, sink::error);
        });
  }
}
