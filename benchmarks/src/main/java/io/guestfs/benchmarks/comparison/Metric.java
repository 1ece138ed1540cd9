package io.guestfs.benchmarks.comparison;

import org.jspecify.annotations.Nullable;

/**
 * One row of the table.
 *
 * @param name as issues and documents call it
 * @param group of what is run together
 * @param unit of what {@code work} gives
 * @param work what is measured
 * @param counterpart what the peer does; null when it has nothing to compare with
 */
record Metric(String name, Group group, Unit unit, Work work, @Nullable Work counterpart) {

  /** What can be run by itself. */
  enum Group {
    CALLS,
    TRANSFERS,
    LAUNCH,
    DENSITY
  }

  /** Does the work once, or many times over, and gives one figure. */
  @FunctionalInterface
  interface Work {
    double measure(Bench bench) throws Exception;
  }

  /** What both sides do the same way. */
  static Metric compared(String name, Group group, Unit unit, Work work) {
    return new Metric(name, group, unit, work, work);
  }

  /** What is reported of this library alone. */
  static Metric own(String name, Group group, Unit unit, Work work) {
    return new Metric(name, group, unit, work, null);
  }
}
