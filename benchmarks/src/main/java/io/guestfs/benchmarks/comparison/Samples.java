package io.guestfs.benchmarks.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one side gives for one metric, and how long that takes with all around what is timed. */
final class Samples {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(15);

  private final Metric metric;
  private final @Nullable Bench bench;
  private final List<Double> results = new ArrayList<>();

  /** What is made for the first sample is not in it. */
  private Duration quickest = LONG;

  /** None is taken of a side that is not there. */
  Samples(Metric metric, @Nullable Bench bench) {
    this.metric = metric;
    this.bench = bench;
  }

  void take() throws Exception {
    if (bench == null) {
      quickest = Duration.ZERO;
      return;
    }
    long start = System.nanoTime();
    double result = metric.work().measure(bench);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    quickest = results.isEmpty() || taken.compareTo(quickest) < 0 ? taken : quickest;
    results.add(result);
  }

  boolean isShort() {
    return quickest.compareTo(SHORT) < 0;
  }

  boolean isLong() {
    return quickest.compareTo(LONG) > 0;
  }

  int count() {
    return results.size();
  }

  List<Double> results() {
    return results;
  }
}
