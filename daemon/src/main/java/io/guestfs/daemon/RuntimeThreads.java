package io.guestfs.daemon;

import io.guestfs.daemon.connection.Diagnostics;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The threads that Java has for itself. Two of them look every five seconds whether there is
 * something to do, and no option changes that: the compiler's, which is woken when there is, and
 * the one that gives the compiler's memory back. They would be most of what wakes an idle machine.
 */
final class RuntimeThreads {
  /** As the kernel keeps names: 15 bytes. */
  private static final Set<String> WITH_TIMEOUT = Set.of("C1 CompilerThre", "VM Periodic Tas");

  /** How much later than asked for a timeout may end, if nothing else wakes the machine before. */
  private static final Duration TIMER_SLACK = Duration.ofMinutes(1);

  private RuntimeThreads() {}

  /** Lets those two sleep longer. This needs the right to; without it they do not. */
  static void letSleep() {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        if (WITH_TIMEOUT.contains(Files.readString(thread.resolve("comm")).strip())) {
          // A folder in "task" does not have it, but that of the same number in /proc, which is not
          // listed there.
          Path slack = Path.of("/proc", thread.getFileName().toString(), "timerslack_ns");
          Files.writeString(slack, Long.toString(TIMER_SLACK.toNanos()));
        }
      }
    } catch (IOException e) {
      Diagnostics.print("cannot let Java's threads sleep: " + e);
    }
  }
}
