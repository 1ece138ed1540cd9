package io.guestfs.benchmarks.comparison;

/** What is measured in, and which way is better. */
enum Unit {
  MILLISECONDS("ms", false),
  MEGABYTES_PER_SECOND("MB/s", true),
  MEGABYTES("MB", false),
  BYTES("B", false),
  SECONDS_PER_GIBIBYTE("s/GiB", false),
  SECONDS("s", false),
  PERCENT("%", false),
  SHARE("", true);

  private final String symbol;
  private final boolean moreIsBetter;

  Unit(String symbol, boolean moreIsBetter) {
    this.symbol = symbol;
    this.moreIsBetter = moreIsBetter;
  }

  String symbol() {
    return symbol;
  }

  /** How many times better ours is: over 1 when it is. */
  double ratio(double ours, double peers) {
    return moreIsBetter ? ours / peers : peers / ours;
  }
}
