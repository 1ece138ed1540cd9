package io.guestfs.benchmarks.comparison;

/**
 * One row of the table.
 *
 * @param name as issues and documents call it
 * @param group of what is run together
 * @param unit of what {@code work} gives
 * @param compared whether the peer does it too
 * @param work what is measured
 */
record Metric(String name, Group group, Unit unit, boolean compared, Work work) {

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
}
