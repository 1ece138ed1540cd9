package io.guestfs.benchmarks.comparison;

import static io.guestfs.benchmarks.comparison.Metric.Group.DENSITY;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What a hundred handles at once take, one metric after the other with the same handles. The peer
 * cannot be asked: a hundred of its machines do not fit into the memory that ours leave free.
 */
final class DensityMetrics {

  private static final Duration IDLE = Duration.ofSeconds(20);

  private DensityMetrics() {}

  static List<Metric> all() {
    return List.of(
        density("density.launch", Unit.SECONDS, DensityMetrics::launch),
        density("density.memory", Unit.MEGABYTES, bench -> bench.crowd().megabytesEach()),
        density("density.idle", Unit.PERCENT, DensityMetrics::idle),
        density("density.hash", Unit.SECONDS, DensityMetrics::hash),
        density("density.hashed", Unit.MEGABYTES, bench -> bench.crowd().megabytesEach()));
  }

  private static Metric density(String name, Unit unit, Metric.Work work) {
    return Metric.own(name, DENSITY, unit, work);
  }

  /** Until each has answered {@code list_devices}. */
  private static double launch(Bench bench) throws IOException {
    Crowd crowd = bench.crowd();
    return Metrics.millis(crowd::launch) / 1e3;
  }

  /** Of one processor, by all together. */
  private static double idle(Bench bench) throws IOException, InterruptedException {
    Duration before = bench.crowd().cpu();
    Thread.sleep(IDLE.toMillis());
    return 100.0 * bench.crowd().cpu().minus(before).toNanos() / IDLE.toNanos();
  }

  /** Until each has mounted its disk and hashed 100 MiB. */
  private static double hash(Bench bench) throws IOException {
    Crowd crowd = bench.crowd();
    return Metrics.millis(crowd::hash) / 1e3;
  }
}
