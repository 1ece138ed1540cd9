package io.guestfs;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The right to one handle, whether it is there already or not. Taken at once, unlike the handle, so
 * that there is no moment at which an operator could lose it: a handle that arrives after the lease
 * was released is closed by the lease.
 */
final class Lease {

  private enum State {
    OPEN,
    RELEASED
  }

  private final Mono<Guestfs> launch;

  /** {@link State}, or the handle. */
  private final AtomicReference<Object> held = new AtomicReference<>(State.OPEN);

  Lease(Mono<Guestfs> launch) {
    this.launch = launch;
  }

  /** Gets a handle, does something with it, and closes it; see {@link GuestfsBuilder#using}. */
  static <T> Flux<T> using(
      Mono<Guestfs> launch, Function<? super Guestfs, ? extends Publisher<? extends T>> work) {
    return Flux.usingWhen(
        Mono.fromSupplier(() -> new Lease(launch)),
        lease -> lease.acquire().flatMapMany(work),
        Lease::release,
        Lease::releaseAfter,
        Lease::release);
  }

  /** As {@link #using}, for one result at most. */
  static <T> Mono<T> usingMono(
      Mono<Guestfs> launch, Function<? super Guestfs, ? extends Mono<? extends T>> work) {
    return Mono.usingWhen(
        Mono.fromSupplier(() -> new Lease(launch)),
        lease -> lease.acquire().flatMap(work),
        Lease::release,
        Lease::releaseAfter,
        Lease::release);
  }

  Mono<Guestfs> acquire() {
    return launch.doOnNext(this::hold);
  }

  /** Completes when the handle, if there was one, has been closed. */
  Mono<Void> release() {
    return Mono.defer(
        () ->
            held.getAndSet(State.RELEASED) instanceof Guestfs handle
                ? handle.close()
                : Mono.empty());
  }

  /** As {@link #release}; what goes wrong is added to the error that is signalled anyway. */
  Mono<Void> releaseAfter(Throwable error) {
    return release()
        .onErrorResume(
            failure -> {
              if (!failure.equals(error)) {
                error.addSuppressed(failure);
              }
              return Mono.empty();
            });
  }

  private void hold(Guestfs handle) {
    if (!held.compareAndSet(State.OPEN, handle)) {
      handle.close().subscribe(null, error -> {});
    }
  }
}
