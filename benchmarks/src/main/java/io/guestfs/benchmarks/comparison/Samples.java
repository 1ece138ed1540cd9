package io.guestfs.benchmarks.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one side gives for some work, and how long that takes with all around what is timed. */
final class Samples {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(15);
  private static final Duration VERY_LONG = Duration.ofSeconds(30);

  private final Metric.Work work;
  private final Bench bench;
  private final List<Double> results = new ArrayList<>();

  /** What is made for the first sample is not in it. */
  private Duration quickest = LONG;

  Samples(Metric.Work work, Bench bench) {
    this.work = work;
    this.bench = bench;
  }

  void take() throws Exception {
    long start = System.nanoTime();
    double result = work.measure(bench);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    quickest = results.isEmpty() || taken.compareTo(quickest) < 0 ? taken : quickest;
    results.add(result);
  }

  void forget() {
    results.clear();
  }

  boolean isShort() {
    return quickest.compareTo(SHORT) < 0;
  }

  boolean isLong() {
    return quickest.compareTo(LONG) > 0;
  }

  boolean isVeryLong() {
    return quickest.compareTo(VERY_LONG) > 0;
  }

  int count() {
    return results.size();
  }

  List<Double> results() {
    return results;
  }
}
