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

/** All that is compared. What is written is read back and compared, outside of what is timed. */
final class Metrics {

  private static final int SHORT = 10;
  private static final int LONG = 5;
  private static final int LONGEST = 2;

  private static final int CALLS_PER_SAMPLE = 1000;
  private static final int PIPELINED_CALLS = 2000;
  private static final int FILES_PER_SAMPLE = 200;
  private static final int READS_PER_SAMPLE = 20;
  private static final int LISTS_PER_SAMPLE = 20;
  private static final int LARGE_CALLS_PER_SAMPLE = 4;
  private static final long BLANK_BYTES = 256L << 20;
  private static final int AT_ONCE = 8;

  private Metrics() {}

  static List<Metric> all() {
    List<Metric> metrics = new ArrayList<>();
    metrics.addAll(calls());
    metrics.addAll(transfers());
    metrics.addAll(launches());
    metrics.addAll(OwnMetrics.all());
    metrics.addAll(DensityMetrics.all());
    return metrics;
  }

  private static List<Metric> calls() {
    return List.of(
        metric("call.exists", CALLS, MILLISECONDS, SHORT, Metrics::exists),
        metric("call.lstatns", CALLS, MILLISECONDS, SHORT, Metrics::lstatns),
        metric("pipeline.exists", CALLS, MILLISECONDS, SHORT, Metrics::pipeline),
        metric("write.1k", CALLS, MILLISECONDS, SHORT, Metrics::writeSmall),
        metric("read.1k", CALLS, MILLISECONDS, SHORT, Metrics::readSmall),
        metric("ls.500", CALLS, MILLISECONDS, SHORT, Metrics::ls),
        metric("readdir.500", CALLS, MILLISECONDS, SHORT, Metrics::readdir),
        metric("write.3m", CALLS, MEGABYTES_PER_SECOND, SHORT, Metrics::writeMedium),
        metric("read.3m", CALLS, MEGABYTES_PER_SECOND, SHORT, Metrics::readMedium));
  }

  private static List<Metric> transfers() {
    return List.of(
        metric("upload.512m", TRANSFERS, MEGABYTES_PER_SECOND, LONG, Metrics::upload),
        metric("download.512m", TRANSFERS, MEGABYTES_PER_SECOND, LONG, Metrics::download),
        metric("tar.in", TRANSFERS, MEGABYTES_PER_SECOND, LONGEST, Metrics::tarIn),
        metric("tar.out", TRANSFERS, MEGABYTES_PER_SECOND, LONGEST, Metrics::tarOut),
        metric("checksum.sha256", TRANSFERS, MEGABYTES_PER_SECOND, LONG, Metrics::checksum),
        metric("walk.50k", TRANSFERS, MILLISECONDS, LONG, Metrics::walk));
  }

  private static List<Metric> launches() {
    return List.of(
        metric("launch.warm", LAUNCH, MILLISECONDS, SHORT, Metrics::launch),
        metric("launch.cold", LAUNCH, MILLISECONDS, LONG, Metrics::launchCold),
        metric("launch.8", LAUNCH, MILLISECONDS, LONGEST, Metrics::launchAtOnce),
        metric("memory.handle", LAUNCH, MEGABYTES, LONGEST, Metrics::memory),
        metric("close", LAUNCH, MILLISECONDS, LONG, Metrics::close));
  }

  private static Metric metric(
      String name, Metric.Group group, Unit unit, int samples, Metric.Work work) {
    return new Metric(name, group, unit, samples, true, work);
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
    require(guest.ls(listed) == HostData.DIRECTORY_ENTRIES, "ls finds another number");
    return perCall(LISTS_PER_SAMPLE, () -> guest.ls(listed));
  }

  private static double readdir(Bench bench) throws Exception {
    Guest guest = bench.guest();
    String listed = bench.listed();
    // With the directory itself and the one above.
    require(
        guest.readdir(listed) == HostData.DIRECTORY_ENTRIES + 2, "readdir finds another number");
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

  private static double upload(Bench bench) throws Exception {
    Guest guest = bench.guest();
    guest.rmRf("/uploaded");
    guest.sync();
    double millis = millis(() -> guest.upload(bench.data().large(), "/uploaded"));
    require(
        guest.checksum("/uploaded").equals(bench.data().largeDigest()), "the upload is damaged");
    guest.rmRf("/uploaded");
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

  private static double tarIn(Bench bench) throws Exception {
    Guest guest = bench.guest();
    Path copy = bench.scratch("in.tar");
    guest.mkdirP("/in");
    guest.sync();
    double millis = millis(() -> guest.tarIn(bench.data().treeArchive(), "/in"));
    guest.tarOut("/in", copy);
    bench.data().verifyTree(copy);
    Files.delete(copy);
    guest.rmRf("/in");
    return megabytesPerSecond(Files.size(bench.data().treeArchive()), millis);
  }

  private static double tarOut(Bench bench) throws Exception {
    Guest guest = bench.guest();
    Path archive = bench.scratch("out.tar");
    if (!guest.exists("/out")) {
      guest.mkdirP("/out");
      guest.tarIn(bench.data().treeArchive(), "/out");
      guest.sync();
    }
    double millis = millis(() -> guest.tarOut("/out", archive));
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
    int expected =
        HostData.WALK_DIRECTORIES + HostData.WALK_DIRECTORIES * HostData.WALK_FILES_PER_DIRECTORY;
    int[] found = new int[1];
    String walked = bench.walked();
    double millis = millis(() -> found[0] = guest.walk(walked));
    require(found[0] == expected, "the walk finds " + found[0] + " files, not " + expected);
    return millis;
  }

  private static double launch(Bench bench) throws Exception {
    Path disk = bench.blankDisk("launched", BLANK_BYTES);
    return launched(() -> bench.side().launch(disk));
  }

  private static double launchCold(Bench bench) throws Exception {
    Path disk = bench.blankDisk("launched", BLANK_BYTES);
    return launched(() -> bench.side().launchCold(disk));
  }

  private interface Launching {
    Guest launch();
  }

  private static double launched(Launching launching) {
    List<Guest> launched = new ArrayList<>();
    double millis =
        millis(
            () -> {
              Guest guest = launching.launch();
              launched.add(guest);
              require(guest.devices() == 1, "there is another number of disks");
            });
    launched.forEach(Guest::close);
    return millis;
  }

  private static double launchAtOnce(Bench bench) throws Exception {
    List<Path> disks = bench.blankDisks(AT_ONCE, BLANK_BYTES);
    List<Guest> guests = new ArrayList<>();
    double millis = millis(() -> guests.addAll(bench.side().launchAll(disks)));
    guests.forEach(Guest::close);
    return millis;
  }

  /**
   * Of one of two: what a process has in common with others counts as its own while it is alone.
   */
  private static double memory(Bench bench) throws Exception {
    List<Guest> guests = bench.side().launchAll(bench.blankDisks(2, BLANK_BYTES));
    try {
      return guests.get(0).privateMegabytes();
    } finally {
      guests.forEach(Guest::close);
    }
  }

  private static double close(Bench bench) throws Exception {
    Guest guest = bench.side().launch(bench.blankDisk("launched", BLANK_BYTES));
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
