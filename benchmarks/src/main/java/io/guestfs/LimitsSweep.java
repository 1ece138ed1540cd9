package io.guestfs;

import io.guestfs.protocol.frame.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/**
 * What the limits are worth on which library and daemon agree: the size of a chunk for transfers,
 * the size of a message for content that travels in one, and how many calls are on the wire at
 * once.
 *
 * <p>Each value has a machine of its own. They are measured in turn, round after round, so that
 * what the host does besides hits all alike. The tables have medians as multiples of those in the
 * first row; more is faster. What the daemon agrees to is its own {@link Limits#LARGEST} at most,
 * so larger values than that need a daemon that was built with them.
 */
public final class LimitsSweep {

  private static final int ROUNDS = 5;

  /** What runs for the first time is interpreted, and not counted. */
  private static final int WARM_UP_ROUNDS = 1;

  private static final int KIBIBYTE = 1024;
  private static final int MEBIBYTE = 1024 * KIBIBYTE;
  private static final long DISK_BYTES = 256L * MEBIBYTE;
  private static final int MOVED_BYTES = 32 * MEBIBYTE;
  private static final int CALLS = 1000;
  private static final int CALLS_AHEAD = 64;

  private static final String FILE = "/file";
  private static final String DEVICE = "/dev/sdb";

  /** Does something with a machine for one value. */
  @FunctionalInterface
  private interface Work {
    void run(Guestfs g, int value);
  }

  private record Column(String name, Work work) {}

  private LimitsSweep() {}

  /** Prints the tables; the appliance is that of {@code LIBGUESTFS_PATH}. */
  public static void main(String[] arguments) {
    // All machines are equally warm.
    Guestfs.builder().prepareTemplate().block();
    Limits largest = Limits.LARGEST;
    sweep(
        "chunk, KiB",
        List.of(8, 32, 64, 128, 256, 512, 1024),
        size -> new Limits(largest.messageMax(), size * KIBIBYTE, largest.window()),
        new Column("to device", (g, size) -> upload(g, DEVICE)),
        new Column("from device", (g, size) -> download(g, DEVICE)),
        new Column("to file", (g, size) -> upload(g, FILE)),
        new Column("from file", (g, size) -> download(g, FILE)));
    sweep(
        "message, MiB",
        List.of(1, 2, 4, 8),
        size -> largest,
        new Column("pwrite", LimitsSweep::pwrite),
        new Column("pread", LimitsSweep::pread));
    sweep(
        "calls at once",
        List.of(1, 2, 4, 8, 16, 32),
        window -> new Limits(largest.messageMax(), largest.chunkMax(), window),
        new Column("exists", (g, window) -> exists(g)));
  }

  private static void sweep(
      String title, List<Integer> values, IntFunction<Limits> limits, Column... columns) {
    List<Guestfs> machines = values.stream().map(value -> launch(limits.apply(value))).toList();
    List<List<double[]>> seconds = new ArrayList<>();
    for (Column column : columns) {
      seconds.add(measure(column, machines, values));
    }
    System.out.printf("%n%-14s", title);
    Arrays.stream(columns).forEach(column -> System.out.printf("%13s", column.name()));
    System.out.println();
    for (int row = 0; row < values.size(); row++) {
      System.out.printf("%-14d", values.get(row));
      for (List<double[]> column : seconds) {
        System.out.printf("%13.2f", median(column.get(0)) / median(column.get(row)));
      }
      System.out.println();
    }
    machines.forEach(g -> g.close().block());
  }

  /** Seconds of each round, by machine. */
  private static List<double[]> measure(
      Column column, List<Guestfs> machines, List<Integer> values) {
    List<double[]> seconds = values.stream().map(value -> new double[ROUNDS]).toList();
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < machines.size(); i++) {
        long start = System.nanoTime();
        column.work().run(machines.get(i), values.get(i));
        if (round >= 0) {
          seconds.get(i)[round] = (System.nanoTime() - start) / 1e9;
        }
      }
    }
    return seconds;
  }

  private static double median(double[] samples) {
    return Arrays.stream(samples).sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
  }

  private static Guestfs launch(Limits limits) {
    Guestfs g =
        Objects.requireNonNull(
            Guestfs.builder()
                .limits(limits)
                .addDriveScratch(DISK_BYTES)
                .addDriveScratch(DISK_BYTES)
                .launch()
                .block());
    g.mkfs("ext4", "/dev/sda")
        .then(g.mount("/dev/sda", "/"))
        .then(g.fallocate64(FILE, MOVED_BYTES))
        .block();
    return g;
  }

  // What is measured.

  private static void upload(Guestfs g, String path) {
    ByteBuffer piece = ByteBuffer.allocateDirect(MEBIBYTE);
    Flux<ByteBuffer> content = Flux.range(0, MOVED_BYTES / MEBIBYTE).map(i -> piece.duplicate());
    g.upload(content, path).block();
  }

  private static void download(Guestfs g, String path) {
    g.downloadOffset(path, 0, MOVED_BYTES).blockLast();
  }

  private static void pwrite(Guestfs g, int mebibytes) {
    byte[] content = new byte[mebibytes * MEBIBYTE];
    messages(content.length).concatMap(offset -> g.pwrite(FILE, content, offset)).blockLast();
  }

  private static void pread(Guestfs g, int mebibytes) {
    int size = mebibytes * MEBIBYTE;
    messages(size).concatMap(offset -> g.pread(FILE, size, offset)).blockLast();
  }

  /** Offsets of as many messages as move about the same. */
  private static Flux<Integer> messages(int size) {
    return Flux.fromStream(() -> IntStream.range(0, MOVED_BYTES / size).mapToObj(i -> i * size));
  }

  private static void exists(Guestfs g) {
    Flux.range(0, CALLS).flatMap(i -> g.exists(FILE), CALLS_AHEAD).blockLast();
  }
}
