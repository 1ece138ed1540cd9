package io.guestfs.examples;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What the demo prints while it works. */
final class Steps {

  private static final long REPORT_BYTES = 32L << 20;

  private Steps() {}

  static void say(String format, Object... arguments) {
    System.out.printf(format + "%n", arguments);
  }

  static void done(String what, long startNanos) {
    say("%s, after %.1f s.%n", what, (System.nanoTime() - startNanos) / 1e9);
  }

  /** Counts what passes, and says so now and then. */
  static Consumer<ByteBuffer> counter(String what) {
    AtomicLong moved = new AtomicLong();
    return buffer -> {
      long before = moved.getAndAdd(buffer.remaining());
      long after = before + buffer.remaining();
      if (before / REPORT_BYTES != after / REPORT_BYTES) {
        say("  %s: %d MiB", what, after >> 20);
      }
    };
  }
}
