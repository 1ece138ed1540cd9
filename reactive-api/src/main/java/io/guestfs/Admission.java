package io.guestfs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls that a handle has taken in and not finished, up to a limit. The one piece of a
 * connection's state that other threads than the event loop touch, so that calls without bound are
 * refused before they become tasks of the event loop.
 */
final class Admission {

  private final int limit;
  private final AtomicInteger admitted = new AtomicInteger();

  Admission(int limit) {
    this.limit = limit;
  }

  /** Takes one more in, or returns false when there are too many. */
  boolean enter() {
    if (admitted.incrementAndGet() <= limit) {
      return true;
    }
    admitted.decrementAndGet();
    return false;
  }

  /** Takes one more in, however many there are. */
  void enterAlways() {
    admitted.incrementAndGet();
  }

  void leave() {
    admitted.decrementAndGet();
  }

  int limit() {
    return limit;
  }

  int admitted() {
    return admitted.get();
  }
}
