package io.guestfs.benchmarks.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures metrics in turn: ours, then the peer's, of each, and again, so that what the machine
 * does besides hits all of them. What the peer does the same for several it does once a round.
 */
final class Rounds {

  private static final int MANY_SAMPLES = 10;
  private static final int SAMPLES = 5;
  private static final int FEW_SAMPLES = 2;

  /** Of a transfer so long that what the machine does besides evens out in one. */
  private static final int ONE_SAMPLE = 1;

  private final Metric.Group group;
  private final Map<Metric, Samples> mine = new LinkedHashMap<>();
  private final Map<Metric.Work, Samples> theirs = new LinkedHashMap<>();

  /** Metrics of one group. Without a peer ours are measured alone. */
  Rounds(List<Metric> inTurn, Bench ours, @Nullable Bench peers) {
    group = inTurn.get(0).group();
    for (Metric metric : inTurn) {
      mine.put(metric, new Samples(metric.work(), ours));
      Metric.Work counterpart = metric.counterpart();
      if (peers != null && counterpart != null) {
        theirs.computeIfAbsent(counterpart, work -> new Samples(work, peers));
      }
    }
  }

  /** So long on each side, or once; both libraries have Java compile what is called often. */
  void warmUp(Duration time) throws Exception {
    for (Samples samples : all()) {
      long start = System.nanoTime();
      do {
        samples.take();
      } while (System.nanoTime() - start < time.toNanos());
      samples.forget();
    }
  }

  /** As often as it takes for medians that mean something. */
  void takeAll() throws Exception {
    int rounds = 0;
    do {
      takeOne();
      rounds++;
    } while (rounds < samples(all()));
    // What the other side takes long for has few samples; that is no reason to have few of ours.
    for (Samples ours : mine.values()) {
      while (ours.isShort() && ours.count() < samples(List.of(ours))) {
        ours.take();
      }
    }
  }

  void takeOne() throws Exception {
    for (Map.Entry<Metric, Samples> ours : mine.entrySet()) {
      ours.getValue().take();
      Samples peers = peers(ours.getKey());
      if (peers != null && peers.count() < ours.getValue().count()) {
        peers.take();
      }
    }
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    mine.forEach(
        (metric, ours) -> {
          Samples peers = peers(metric);
          rows.add(
              Row.of(
                  metric.name(),
                  metric.unit(),
                  ours.results(),
                  peers == null ? null : peers.results()));
        });
    return rows;
  }

  private @Nullable Samples peers(Metric metric) {
    Metric.Work counterpart = metric.counterpart();
    return counterpart == null ? null : theirs.get(counterpart);
  }

  private Collection<Samples> all() {
    Collection<Samples> all = new ArrayList<>(mine.values());
    all.addAll(theirs.values());
    return all;
  }

  /** How often all do something, by how long it takes the slowest. */
  private int samples(Collection<Samples> all) {
    // Machines of a crowd are launched once, and have hashed once.
    if (group == Metric.Group.DENSITY) {
      return 1;
    }
    // A sample of calls is many of them, each of which is short.
    if (group == Metric.Group.CALLS || all.stream().allMatch(Samples::isShort)) {
      return MANY_SAMPLES;
    }
    if (group == Metric.Group.TRANSFERS && all.stream().anyMatch(Samples::isVeryLong)) {
      return ONE_SAMPLE;
    }
    return all.stream().anyMatch(Samples::isLong) ? FEW_SAMPLES : SAMPLES;
  }
}
