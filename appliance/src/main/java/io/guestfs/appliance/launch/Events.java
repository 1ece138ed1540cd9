package io.guestfs.appliance.launch;

import io.guestfs.appliance.ApplianceEvent;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Hands the events of a machine to its listener, one after the other on its event loop. */
final class Events {

  private static final Logger LOGGER = LoggerFactory.getLogger(Events.class);

  private final EventLoop loop;
  private final Consumer<ApplianceEvent> listener;

  Events(EventLoop loop, Consumer<ApplianceEvent> listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /** Those of a machine that is not the listener's own. */
  Events ofConsole() {
    return new Events(
        loop,
        event -> {
          if (event instanceof ApplianceEvent.ConsoleLine) {
            listener.accept(event);
          }
        });
  }

  void publish(ApplianceEvent event) {
    try {
      loop.execute(() -> deliver(event));
    } catch (RejectedExecutionException e) {
      LOGGER.debug("the event loop is closed, nobody hears of {}", event);
    }
  }

  /** Completes, on the event loop, when all that was published has been delivered. */
  Mono<Void> delivered() {
    return Mono.create(
        sink -> {
          try {
            loop.execute(sink::success);
          } catch (RejectedExecutionException e) {
            sink.success();
          }
        });
  }

  private void deliver(ApplianceEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOGGER.warn("the listener failed on {}", event, e);
    }
  }
}
