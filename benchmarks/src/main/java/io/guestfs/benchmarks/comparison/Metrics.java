package io.guestfs.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;

/** All that is measured. What is written is read back and compared, outside of what is timed. */
final class Metrics {

  private Metrics() {}

  /** In the order of the table; those in one list are of one group, and are measured in turn. */
  static List<List<Metric>> all(Workload workload) {
    List<List<Metric>> all = new ArrayList<>();
    all.addAll(oneByOne(CallMetrics.all()));
    all.addAll(TransferMetrics.all(workload));
    all.addAll(LaunchMetrics.all(workload));
    all.addAll(oneByOne(DensityMetrics.all()));
    return all;
  }

  /** Nothing of it in turn. */
  static List<List<Metric>> oneByOne(List<Metric> metrics) {
    return metrics.stream().map(List::of).toList();
  }

  /** How long something takes. */
  static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** Of 10⁶ bytes. */
  static double megabytesPerSecond(long bytes, double millis) {
    return bytes / 1e3 / millis;
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
