package io.guestfs.benchmarks.comparison;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final String PEER = "io.guestfs.benchmarks.comparison.StockSide";

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
      System.err.println("Making the content that is moved, and a template");
      Workload workload = quick ? Workload.QUICK : Workload.FULL;
      ReactiveSide side = new ReactiveSide();
      CompletableFuture<?> template = side.prepare().toFuture();
      HostData data = HostData.make(folder, workload);
      template.join();
      Side peer = peer(side.isEmulated());
      WorkDisk work = new WorkDisk(folder.resolve("work.img"), data);
      try (Bench ours = new Bench(side, data, work, folder.resolve("ours"));
          Bench peers =
              peer == null ? null : new Bench(peer, data, work, folder.resolve("peers"))) {
        System.out.println(Row.head());
        for (List<Metric> inTurn : Metrics.all(workload)) {
          if (groups.contains(inTurn.get(0).group())) {
            report(measure(inTurn, ours, peers), rows);
          }
        }
      }
    } finally {
      delete(folder);
    }
    if (json != null) {
      write(json, rows);
    }
  }

  private static void report(List<Row> some, List<Row> rows) {
    some.forEach(row -> System.out.println(row.text()));
    rows.addAll(some);
  }

  private List<Row> measure(List<Metric> inTurn, Bench ours, @Nullable Bench peers)
      throws Exception {
    Rounds rounds = new Rounds(inTurn, ours, peers);
    if (inTurn.get(0).group() == Metric.Group.CALLS) {
      // What a call does for the first time, here and in the guest, is not what it costs.
      rounds.warmUp(quick ? Duration.ZERO : WARM_UP);
    }
    if (quick) {
      rounds.takeOne();
    } else {
      rounds.takeAll();
    }
    List<Row> rows = new ArrayList<>(rounds.rows());
    rows.addAll(ours.notes().take(peers == null ? null : peers.notes()));
    return rows;
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
