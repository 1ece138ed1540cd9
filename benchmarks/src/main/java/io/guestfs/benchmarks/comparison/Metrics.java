package io.guestfs.benchmarks.comparison;

import static io.guestfs.benchmarks.comparison.Metric.Group.CALLS;
import static io.guestfs.benchmarks.comparison.Metric.Group.LAUNCH;
import static io.guestfs.benchmarks.comparison.Metric.Group.TRANSFERS;
import static io.guestfs.benchmarks.comparison.Unit.MEGABYTES;
import static io.guestfs.benchmarks.comparison.Unit.MEGABYTES_PER_SECOND;
import static io.guestfs.benchmarks.comparison.Unit.MILLISECONDS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All that is compared. What is written is read back and compared, outside of what is timed. */
final class Metrics {

  private static final int CALLS_PER_SAMPLE = 1000;
  private static final int PIPELINED_CALLS = 2000;
  private static final int FILES_PER_SAMPLE = 200;
  private static final int READS_PER_SAMPLE = 10;
  private static final int LISTS_PER_SAMPLE = 20;
  private static final int LARGE_CALLS_PER_SAMPLE = 4;
  private static final int AT_ONCE = 8;

  private Metrics() {}

  static List<Metric> all(Workload workload) {
    List<Metric> metrics = new ArrayList<>();
    metrics.addAll(calls());
    metrics.addAll(transfers(workload));
    metrics.addAll(launches(workload));
    metrics.addAll(OwnMetrics.all());
    if (workload == Workload.FULL) {
      metrics.addAll(OwnMetrics.ofWholeRuns());
    }
    metrics.addAll(DensityMetrics.all());
    return metrics;
  }

  private static List<Metric> calls() {
    return List.of(
        metric("call.exists", CALLS, MILLISECONDS, Metrics::exists),
        metric("call.lstatns", CALLS, MILLISECONDS, Metrics::lstatns),
        metric("pipeline.exists", CALLS, MILLISECONDS, Metrics::pipeline),
        metric("write.1k", CALLS, MILLISECONDS, Metrics::writeSmall),
        metric("read.1k", CALLS, MILLISECONDS, Metrics::readSmall),
        metric("ls.500", CALLS, MILLISECONDS, Metrics::ls),
        metric("readdir.500", CALLS, MILLISECONDS, Metrics::readdir),
        metric("write.3m", CALLS, MEGABYTES_PER_SECOND, Metrics::writeMedium),
        metric("read.3m", CALLS, MEGABYTES_PER_SECOND, Metrics::readMedium));
  }

  private static List<Metric> transfers(Workload workload) {
    return List.of(
        metric(workload.ofMegabytes("upload"), TRANSFERS, MEGABYTES_PER_SECOND, Metrics::upload),
        metric(
            workload.ofMegabytes("download"), TRANSFERS, MEGABYTES_PER_SECOND, Metrics::download),
        metric("tar.in", TRANSFERS, MEGABYTES_PER_SECOND, Metrics::tarIn),
        metric("tar.out", TRANSFERS, MEGABYTES_PER_SECOND, Metrics::tarOut),
        metric("checksum.sha256", TRANSFERS, MEGABYTES_PER_SECOND, Metrics::checksum),
        metric(workload.ofThousands("walk"), TRANSFERS, MILLISECONDS, Metrics::walk));
  }

  /** The last two are of machines that those before them leave. */
  private static List<Metric> launches(Workload workload) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(metric("launch.cold", LAUNCH, MILLISECONDS, Metrics::launchCold));
    metrics.add(metric("launch.warm", LAUNCH, MILLISECONDS, Metrics::launch));
    if (workload == Workload.FULL) {
      metrics.add(metric("launch.8", LAUNCH, MILLISECONDS, Metrics::launchAtOnce));
    }
    metrics.add(metric("memory.handle", LAUNCH, MEGABYTES, Metrics::memory));
    metrics.add(metric("close", LAUNCH, MILLISECONDS, Metrics::close));
    return metrics;
  }

  private static Metric metric(String name, Metric.Group group, Unit unit, Metric.Work work) {
    return new Metric(name, group, unit, true, work);
  }

  private static double exists(Bench bench) throws Exception {
    Guest guest = bench.guest();
    require(guest.exists(Bench.SMALL), "/small does not exist");
    return perCall(CALLS_PER_SAMPLE, () -> guest.exists(Bench.SMALL));
  }

  private static double lstatns(Bench bench) throws Exception {
    Guest guest = bench.guest();
    require(guest.size(Bench.SMALL) == HostData.SMALL_BYTES, "/small has another size");
    return perCall(CALLS_PER_SAMPLE, () -> guest.size(Bench.SMALL));
  }

  private static double pipeline(Bench bench) throws Exception {
    Guest guest = bench.guest();
    return millis(() -> guest.existsAtOnce(Bench.SMALL, PIPELINED_CALLS)) / PIPELINED_CALLS;
  }

  private static double writeSmall(Bench bench) throws Exception {
    Guest guest = bench.guest();
    byte[] content = HostData.letters(HostData.SMALL_BYTES);
    double result = perCall(FILES_PER_SAMPLE, () -> guest.write("/written", content));
    require(Arrays.equals(guest.read("/written"), content), "/written has another content");
    return result;
  }

  private static double readSmall(Bench bench) throws Exception {
    Guest guest = bench.guest();
    require(guest.read(Bench.SMALL).length == HostData.SMALL_BYTES, "/small has another size");
    return perCall(READS_PER_SAMPLE, () -> guest.read(Bench.SMALL));
  }

  private static double ls(Bench bench) throws Exception {
    Guest guest = bench.guest();
    String listed = bench.listed();
    require(guest.ls(listed) == Workload.FILES_PER_DIRECTORY, "ls finds another number");
    return perCall(LISTS_PER_SAMPLE, () -> guest.ls(listed));
  }

  private static double readdir(Bench bench) throws Exception {
    Guest guest = bench.guest();
    String listed = bench.listed();
    // With the directory itself and the one above.
    require(
        guest.readdir(listed) == Workload.FILES_PER_DIRECTORY + 2, "readdir finds another number");
    return perCall(LISTS_PER_SAMPLE, () -> guest.readdir(listed));
  }

  private static double writeMedium(Bench bench) throws Exception {
    Guest guest = bench.guest();
    byte[] content = HostData.letters(HostData.MEDIUM_BYTES);
    double millis = perCall(LARGE_CALLS_PER_SAMPLE, () -> guest.write("/medium", content));
    require(Arrays.equals(guest.read("/medium"), content), "/medium has another content");
    return megabytesPerSecond(HostData.MEDIUM_BYTES, millis);
  }

  private static double readMedium(Bench bench) throws Exception {
    Guest guest = bench.guest();
    byte[] content = HostData.letters(HostData.MEDIUM_BYTES);
    guest.write("/medium", content);
    require(Arrays.equals(guest.read("/medium"), content), "/medium has another content");
    double millis = perCall(LARGE_CALLS_PER_SAMPLE, () -> guest.read("/medium"));
    return megabytesPerSecond(HostData.MEDIUM_BYTES, millis);
  }

  /** The file is left to what reads it. */
  private static double upload(Bench bench) throws Exception {
    Guest guest = bench.guest();
    guest.rmRf(Bench.LARGE);
    guest.sync();
    double millis = millis(() -> guest.upload(bench.data().large(), Bench.LARGE));
    require(
        guest.checksum(Bench.LARGE).equals(bench.data().largeDigest()), "the upload is damaged");
    return megabytesPerSecond(Files.size(bench.data().large()), millis);
  }

  private static double download(Bench bench) throws Exception {
    Guest guest = bench.guest();
    String large = bench.large();
    Path copy = bench.scratch("downloaded");
    double millis = millis(() -> guest.download(large, copy));
    long bytes = Files.size(copy);
    require(HostData.sha256(copy).equals(bench.data().largeDigest()), "the download is damaged");
    Files.delete(copy);
    return megabytesPerSecond(bytes, millis);
  }

  /** Whether the content is right turns out in {@link #tarOut}, to which the tree is left. */
  private static double tarIn(Bench bench) throws Exception {
    Guest guest = bench.guest();
    guest.rmRf(Bench.TREE);
    guest.mkdirP(Bench.TREE);
    guest.sync();
    double millis = millis(() -> guest.tarIn(bench.data().treeArchive(), Bench.TREE));
    return megabytesPerSecond(Files.size(bench.data().treeArchive()), millis);
  }

  private static double tarOut(Bench bench) throws Exception {
    Guest guest = bench.guest();
    Path archive = bench.scratch("out.tar");
    String tree = bench.tree();
    double millis = millis(() -> guest.tarOut(tree, archive));
    long bytes = Files.size(archive);
    bench.data().verifyTree(archive);
    Files.delete(archive);
    return megabytesPerSecond(bytes, millis);
  }

  private static double checksum(Bench bench) throws Exception {
    Guest guest = bench.guest();
    String large = bench.large();
    String[] digest = new String[1];
    double millis = millis(() -> digest[0] = guest.checksum(large));
    require(bench.data().largeDigest().equals(digest[0]), "the digests differ");
    return megabytesPerSecond(Files.size(bench.data().large()), millis);
  }

  private static double walk(Bench bench) throws Exception {
    Guest guest = bench.guest();
    int expected = bench.data().walked();
    int[] found = new int[1];
    String walked = bench.walked();
    double millis = millis(() -> found[0] = guest.walk(walked));
    require(found[0] == expected, "the walk finds " + found[0] + " files, not " + expected);
    return millis;
  }

  private static double launch(Bench bench) throws Exception {
    Path disk = bench.freshDisk();
    return launched(() -> bench.side().launch(disk), bench::leave);
  }

  private static double launchCold(Bench bench) throws Exception {
    Path disk = bench.freshDisk();
    return launched(() -> bench.side().launchCold(disk), Guest::close);
  }

  private static double launched(Supplier<Guest> launching, Consumer<Guest> afterwards) {
    List<Guest> launched = new ArrayList<>();
    double millis =
        millis(
            () -> {
              Guest guest = launching.get();
              launched.add(guest);
              require(guest.devices() == 1, "there is another number of disks");
            });
    launched.forEach(afterwards);
    return millis;
  }

  private static double launchAtOnce(Bench bench) throws Exception {
    List<Path> disks = bench.freshDisks(AT_ONCE);
    List<Guest> guests = new ArrayList<>();
    double millis = millis(() -> guests.addAll(bench.side().launchAll(disks)));
    guests.forEach(bench::leave);
    return millis;
  }

  /**
   * Of one of two: what a process has in common with others counts as its own while it is alone.
   */
  private static double memory(Bench bench) throws Exception {
    Guest one = bench.takeLaunched();
    Guest other = bench.takeLaunched();
    double megabytes = one.privateMegabytes();
    bench.leave(other);
    bench.leave(one);
    return megabytes;
  }

  private static double close(Bench bench) throws Exception {
    Guest guest = bench.takeLaunched();
    guest.format("ext4");
    guest.write("/written", HostData.letters(HostData.SMALL_BYTES));
    return millis(guest::close);
  }

  private static double perCall(int times, Runnable call) {
    return millis(
            () -> {
              for (int i = 0; i < times; i++) {
                call.run();
              }
            })
        / times;
  }

  /** How long something takes. */
  static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double megabytesPerSecond(long bytes, double millis) {
    return bytes / 1e3 / millis;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
