package io.guestfs.benchmarks.comparison;

import static io.guestfs.benchmarks.comparison.Metric.Group.LAUNCH;
import static io.guestfs.benchmarks.comparison.Metrics.millis;
import static io.guestfs.benchmarks.comparison.Metrics.require;
import static io.guestfs.benchmarks.comparison.Unit.MEGABYTES;
import static io.guestfs.benchmarks.comparison.Unit.MILLISECONDS;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.GuestfsPool;
import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What it takes until a machine has answered {@code list_devices}, what an idle one holds, and what
 * it takes to end one.
 */
final class LaunchMetrics {

  private static final int AT_ONCE = 8;
  private static final long POLL_MILLIS = 100;

  private LaunchMetrics() {}

  static List<List<Metric>> all(Workload workload) {
    List<List<Metric>> all = new ArrayList<>();
    all.add(single(workload));
    if (workload == Workload.FULL) {
      all.add(List.of(compared("launch.8", MILLISECONDS, LaunchMetrics::launchAtOnce)));
    }
    all.addAll(
        Metrics.oneByOne(
            List.of(
                compared("memory.handle", MEGABYTES, LaunchMetrics::memory),
                compared("close", MILLISECONDS, LaunchMetrics::close),
                own("pool.acquire", LaunchMetrics::poolAcquire))));
    return all;
  }

  /** The peer knows one way of launching. */
  private static List<Metric> single(Workload workload) {
    Metric.Work peers = LaunchMetrics::launch;
    Metric cold = new Metric("launch.cold", LAUNCH, MILLISECONDS, LaunchPhases::cold, peers);
    Metric warm = new Metric("launch.warm", LAUNCH, MILLISECONDS, LaunchPhases::warm, peers);
    return workload == Workload.FULL
        ? List.of(cold, own("launch.first", LaunchMetrics::launchFirst), warm)
        : List.of(cold, warm);
  }

  private static Metric compared(String name, Unit unit, Metric.Work work) {
    return Metric.compared(name, LAUNCH, unit, work);
  }

  private static Metric own(String name, Metric.Work work) {
    return Metric.own(name, LAUNCH, MILLISECONDS, work);
  }

  private static double launch(Bench bench) throws IOException {
    Path disk = bench.freshDisk();
    return launched(() -> bench.side().launch(disk), bench::leave);
  }

  /** Where there is no template yet. */
  private static double launchFirst(Bench bench) throws IOException {
    Path cache = Files.createDirectory(bench.scratch("cache"));
    // Whether KVM works is remembered in the cache, too, and is not to be found out here.
    GuestfsBuilder machine =
        ReactiveSide.builder(bench.freshDisk())
            .accelerator(ReactiveSide.accelerator())
            .cacheDirectory(cache);
    double millis = launched(() -> ReactiveSide.launch(machine), Guest::close);
    Comparison.delete(cache);
    return millis;
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

  private static double launchAtOnce(Bench bench) throws IOException {
    List<Path> disks = bench.freshDisks(AT_ONCE);
    List<Guest> guests = new ArrayList<>();
    double millis = millis(() -> guests.addAll(bench.side().launchAll(disks)));
    guests.forEach(bench::leave);
    return millis;
  }

  /**
   * Of one of two: what a process has in common with others counts as its own while it is alone.
   */
  private static double memory(Bench bench) throws IOException {
    Guest one = bench.takeLaunched();
    Guest other = bench.takeLaunched();
    double megabytes = QemuMemory.privateMegabytes(one.qemu().pid());
    bench.leave(other);
    bench.leave(one);
    return megabytes;
  }

  private static double close(Bench bench) throws IOException {
    Guest guest = bench.takeLaunched();
    guest.format("ext4");
    guest.write("/written", HostData.letters(HostData.SMALL_BYTES));
    return millis(guest::close);
  }

  /** Until a machine that waited has one disk and has answered. */
  private static double poolAcquire(Bench bench) throws Exception {
    GuestfsPool pool = bench.pool();
    Drive disk = ReactiveSide.raw(bench.freshDisk());
    while (pool.waiting() < Bench.POOL_SIZE) {
      // Those that take the place of the last one are on their way, and what they take with them.
      pool.warmUp().block();
      Thread.sleep(POLL_MILLIS);
    }
    List<Guestfs> taken = new ArrayList<>();
    double millis =
        millis(
            () ->
                taken.add(
                    pool.acquire(machine -> machine.addDrive(disk))
                        .delayUntil(g -> g.listDevices().then())
                        .block()));
    taken.get(0).close().block();
    return millis;
  }
}
