package io.guestfs.benchmarks.comparison;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the same work through both libraries, alternating, and prints the medians with their ratio.
 *
 * <p>The peer is the class {@code StockSide}, compiled against Debian's binding of libguestfs,
 * which is not in Maven's repository; without it ours is measured alone.
 */
public final class Comparison {

  private static final String USAGE = "usage: Comparison [--quick] [--json FILE] [GROUP...]";
  private static final String PEER = "io.guestfs.benchmarks.comparison.StockSide";

  private static final int MANY_SAMPLES = 10;
  private static final int SAMPLES = 5;
  private static final int FEW_SAMPLES = 2;

  private final Set<Metric.Group> groups = EnumSet.noneOf(Metric.Group.class);
  private @Nullable Path json;
  private boolean quick;

  private Comparison() {}

  /** Takes groups of metrics to run, all unless named. */
  public static void main(String[] arguments) throws Exception {
    Comparison comparison = new Comparison();
    if (!comparison.parse(arguments)) {
      System.err.println(USAGE + ", groups: " + EnumSet.allOf(Metric.Group.class));
      System.exit(2);
    }
    comparison.run();
  }

  private boolean parse(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> quick = true;
        case "--json" -> {
          if (++i == arguments.length) {
            return false;
          }
          json = Path.of(arguments[i]);
        }
        default -> {
          try {
            groups.add(Metric.Group.valueOf(arguments[i].toUpperCase(Locale.ROOT)));
          } catch (IllegalArgumentException e) {
            return false;
          }
        }
      }
    }
    if (groups.isEmpty()) {
      groups.addAll(EnumSet.allOf(Metric.Group.class));
      if (quick) {
        groups.remove(Metric.Group.DENSITY);
      }
    }
    return true;
  }

  private void run() throws Exception {
    Path folder = Files.createTempDirectory("guestfs-bench");
    List<Row> rows = new ArrayList<>();
    try {
      System.err.println("Making the content that is moved");
      Workload workload = quick ? Workload.QUICK : Workload.FULL;
      HostData data = HostData.make(folder, workload);
      ReactiveSide side = new ReactiveSide();
      side.prepare();
      Side peer = peer(side.isEmulated());
      try (Bench ours = new Bench(side, data, folder.resolve("ours"));
          Bench peers = peer == null ? null : new Bench(peer, data, folder.resolve("peers"))) {
        System.out.println(Row.head());
        for (Metric metric : Metrics.all(workload)) {
          if (groups.contains(metric.group())) {
            report(measure(metric, ours, peers), rows);
          }
        }
        if (groups.contains(Metric.Group.LAUNCH)) {
          LaunchPhases.measure(ours, quick ? 1 : FEW_SAMPLES, quick ? 1 : SAMPLES)
              .forEach(row -> report(row, rows));
        }
      }
    } finally {
      delete(folder);
    }
    if (json != null) {
      write(json, rows);
    }
  }

  private static void report(Row row, List<Row> rows) {
    System.out.println(row.text());
    rows.add(row);
  }

  /** Ours, then the peer's, and again, so that what the machine does besides hits both. */
  private Row measure(Metric metric, Bench ours, @Nullable Bench peers) throws Exception {
    Bench other = metric.compared() ? peers : null;
    Samples mine = new Samples(metric, ours);
    Samples theirs = new Samples(metric, other);
    if (metric.group() == Metric.Group.CALLS) {
      // What a call does for the first time, here and in the guest, is not what it costs.
      new Samples(metric, ours).take();
      new Samples(metric, other).take();
    }
    do {
      mine.take();
      theirs.take();
    } while (Math.max(mine.count(), theirs.count()) < samples(metric, mine, theirs));
    // What the other side takes long for has few samples; that is no reason to have few of ours.
    while (mine.isShort() && mine.count() < samples(metric, mine, mine)) {
      mine.take();
    }
    return Row.of(metric, mine.results(), theirs.results());
  }

  /** How often each side does something, by how long it takes on the slower one. */
  private int samples(Metric metric, Samples one, Samples other) {
    if (quick || metric.group() == Metric.Group.DENSITY) {
      return 1;
    }
    // A sample of calls is many of them, each of which is short.
    if (metric.group() == Metric.Group.CALLS || (one.isShort() && other.isShort())) {
      return MANY_SAMPLES;
    }
    return one.isLong() || other.isLong() ? FEW_SAMPLES : SAMPLES;
  }

  private static @Nullable Side peer(boolean emulated) throws ReflectiveOperationException {
    try {
      return Class.forName(PEER)
          .asSubclass(Side.class)
          .getDeclaredConstructor(boolean.class)
          .newInstance(emulated);
    } catch (ClassNotFoundException e) {
      System.err.println("libguestfs is not here to compare with");
      return null;
    }
  }

  private static void write(Path file, List<Row> rows) throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("metrics", rows);
    result.put(
        "machine",
        Map.of(
            "processors", Runtime.getRuntime().availableProcessors(),
            "os", System.getProperty("os.name") + " " + System.getProperty("os.version"),
            "java", System.getProperty("java.version")));
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), result);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
