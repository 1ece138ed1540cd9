package io.guestfs.conformance;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** Prints failures as they come, and counts the rest. */
final class Report {

  private final PrintStream out;
  private final Map<String, Map<String, Integer>> skips = new TreeMap<>();
  private int passed;
  private int failed;
  private int skipped;

  Report(PrintStream out) {
    this.out = out;
  }

  void add(Vector vector, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failure) {
      failed++;
      out.println(vector.id() + ": " + failure.why().strip().replaceAll("\\s*\\R\\s*", " | "));
    } else if (outcome instanceof Outcome.Skipped skip) {
      skipped++;
      skips
          .computeIfAbsent(skip.reason(), reason -> new TreeMap<>())
          .merge(skip.what(), 1, Integer::sum);
    } else {
      passed++;
    }
  }

  /** The reasons of skips with their counts, and what came of it all. */
  void close() {
    skips.forEach(
        (reason, what) -> {
          int count = what.values().stream().mapToInt(Integer::intValue).sum();
          out.println("skipped " + count + ", " + reason + ": " + what);
        });
    out.printf("%d passed, %d failed, %d skipped%n", passed, failed, skipped);
  }

  boolean isGood() {
    return failed == 0;
  }
}
