package io.guestfs;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.context.ContextView;

/** Reports the progress of one call, and makes what the daemon says fit the contract. */
final class ProgressReporter {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);

  private final String call;
  private final EventHub events;
  private final @Nullable Consumer<GuestfsEvent.Progress> listener;
  private GuestfsEvent.@Nullable Progress last;

  ProgressReporter(String call, ContextView context, EventHub events) {
    this.call = call;
    this.events = events;
    this.listener =
        context.<@Nullable Consumer<GuestfsEvent.Progress>>getOrDefault(
            GuestfsEvent.Progress.class, null);
  }

  /** Both numbers are unsigned on the wire, and nobody checked them. */
  void report(long position, long total) {
    long bounded = Math.max(1, total < 0 ? Long.MAX_VALUE : total);
    long done = position < 0 ? bounded : Math.min(position, bounded);
    publish(new GuestfsEvent.Progress(call, done, bounded));
  }

  /** The call succeeded: who saw it begin sees it end. */
  void complete() {
    if (last != null && last.position() < last.total()) {
      publish(new GuestfsEvent.Progress(call, last.total(), last.total()));
    }
  }

  private void publish(GuestfsEvent.Progress progress) {
    last = progress;
    events.emit(progress);
    if (listener != null) {
      try {
        listener.accept(progress);
      } catch (RuntimeException e) {
        LOG.warn("The progress listener failed with {}", progress, e);
      }
    }
  }
}
