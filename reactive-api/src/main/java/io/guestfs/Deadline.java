package io.guestfs;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A point in time at which something is done unless the deadline is moved or cleared before. */
final class Deadline {

  private final EventExecutor loop;
  private final Runnable action;
  private @Nullable Future<?> task;

  /** Does nothing yet; the action will run on the event loop. */
  Deadline(EventExecutor loop, Runnable action) {
    this.loop = loop;
    this.action = action;
  }

  /** Sets or moves the deadline; null is never. */
  void set(@Nullable Duration fromNow) {
    clear();
    if (fromNow != null) {
      task = loop.schedule(action, fromNow.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  void clear() {
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }
}
