package io.guestfs;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Hands events on to whoever listens. Nobody who listens can hold it up. */
final class EventHub {

  /** Events kept for a subscriber that does not keep up; the oldest of more are dropped. */
  static final int BUFFERED_EVENTS = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

  private final EventExecutor loop;
  private final Consumer<GuestfsEvent> listener;
  private final Sinks.Many<GuestfsEvent> sink = Sinks.many().multicast().directBestEffort();
  private final LongAdder dropped = new LongAdder();

  EventHub(EventExecutor loop, Consumer<GuestfsEvent> listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /** From any thread; listeners hear of it on the event loop. */
  void emit(GuestfsEvent event) {
    try {
      loop.execute(() -> deliver(event));
    } catch (RejectedExecutionException e) {
      LOG.debug("The event loop has ended; {} was dropped", event);
    }
  }

  Flux<GuestfsEvent> events() {
    return sink.asFlux()
        .onBackpressureBuffer(
            BUFFERED_EVENTS, event -> dropped.increment(), BufferOverflowStrategy.DROP_OLDEST);
  }

  long dropped() {
    return dropped.sum();
  }

  private void deliver(GuestfsEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.warn("The event listener failed with {}", event, e);
    }
    sink.tryEmitNext(event);
    if (event instanceof GuestfsEvent.Closed) {
      sink.tryEmitComplete();
    }
  }
}
