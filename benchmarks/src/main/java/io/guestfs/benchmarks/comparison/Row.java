package io.guestfs.benchmarks.comparison;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out of one metric.
 *
 * @param ours the median
 * @param peer the median; null when the peer was not asked
 * @param ratio over 1 means that ours is better
 * @param n how often ours did it; what the peer takes long for, it did less often
 */
record Row(
    String name, String unit, double ours, @Nullable Double peer, @Nullable Double ratio, int n) {

  static Row of(String name, Unit unit, List<Double> ours, @Nullable List<Double> peers) {
    double mine = median(ours);
    Double theirs = peers == null ? null : median(peers);
    Double ratio = theirs == null ? null : unit.ratio(mine, theirs);
    return new Row(name, unit.symbol(), mine, theirs, ratio, ours.size());
  }

  String text() {
    return "%-18s %10.2f %10s %-5s %8s %4d"
        .formatted(name, ours, number(peer), unit, number(ratio), n);
  }

  static String head() {
    return "%-18s %10s %10s %-5s %8s %4s".formatted("", "ours", "peer", "", "ratio", "n");
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : "%.2f".formatted(value);
  }

  private static double median(List<Double> samples) {
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
