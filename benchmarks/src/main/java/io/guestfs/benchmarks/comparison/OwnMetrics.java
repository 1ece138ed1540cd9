package io.guestfs.benchmarks.comparison;

import static io.guestfs.benchmarks.comparison.Metric.Group.CALLS;
import static io.guestfs.benchmarks.comparison.Metric.Group.LAUNCH;
import static io.guestfs.benchmarks.comparison.Metric.Group.TRANSFERS;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.GuestfsPool;
import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;

/** What is reported of this library alone: what transfers are held against, and what they cost. */
final class OwnMetrics {

  private static final long CHANNEL_BYTES = 512L << 20;
  private static final int PIECE_BYTES = 256 * 1024;
  private static final long SHARE_BYTES = 32L << 20;
  private static final long DISK_BYTES = 256L << 20;
  private static final long POLL_MILLIS = 100;
  private static final int COUNTED_CALLS = 2_000;
  private static final double GIBIBYTE = 1L << 30;

  private static final String DISK = "/dev/sda";

  private OwnMetrics() {}

  static List<Metric> all() {
    return List.of(
        own("pool.acquire", LAUNCH, Unit.MILLISECONDS, OwnMetrics::poolAcquire),
        own("allocation.call", CALLS, Unit.BYTES, OwnMetrics::allocation),
        own("channel.in", TRANSFERS, Unit.MEGABYTES_PER_SECOND, OwnMetrics::channelIn),
        own("channel.out", TRANSFERS, Unit.MEGABYTES_PER_SECOND, OwnMetrics::channelOut),
        own("cpu.upload", TRANSFERS, Unit.SECONDS_PER_GIBIBYTE, OwnMetrics::cpuUpload),
        own("cpu.download", TRANSFERS, Unit.SECONDS_PER_GIBIBYTE, OwnMetrics::cpuDownload),
        own("uploads.1", TRANSFERS, Unit.MEGABYTES_PER_SECOND, b -> uploads(b, 1)));
  }

  /** What needs many machines, or a template of its own. */
  static List<Metric> ofWholeRuns() {
    return List.of(
        own("launch.first", LAUNCH, Unit.MILLISECONDS, OwnMetrics::launchFirst),
        own("uploads.8", TRANSFERS, Unit.MEGABYTES_PER_SECOND, b -> uploads(b, 8)),
        own("uploads.32", TRANSFERS, Unit.MEGABYTES_PER_SECOND, b -> uploads(b, 32)));
  }

  private static Metric own(String name, Metric.Group group, Unit unit, Metric.Work work) {
    return new Metric(name, group, unit, false, work);
  }

  /** As {@code launch.warm}, where there is no template yet. */
  private static double launchFirst(Bench bench) throws IOException {
    Path cache = Files.createDirectory(bench.scratch("cache"));
    // Whether KVM works is remembered in the cache, too, and is not to be found out here.
    GuestfsBuilder machine =
        ReactiveSide.builder()
            .accelerator(ReactiveSide.accelerator())
            .cacheDirectory(cache)
            .addDrive(ReactiveSide.raw(bench.blankDisk("first", DISK_BYTES)));
    List<Guestfs> launched = new ArrayList<>();
    double millis =
        Metrics.millis(
            () -> launched.add(machine.launch().delayUntil(g -> g.listDevices().then()).block()));
    launched.get(0).close().block();
    Comparison.delete(cache);
    return millis;
  }

  /** Until a machine that waited has one disk and has answered {@code list_devices}. */
  private static double poolAcquire(Bench bench) throws Exception {
    GuestfsPool pool = bench.pool();
    Drive disk = ReactiveSide.raw(bench.blankDisk("pooled", DISK_BYTES));
    while (pool.waiting() < Bench.POOL_SIZE) {
      // Those that take the place of the last one are on their way, and what they take with them.
      pool.warmUp().block();
      Thread.sleep(POLL_MILLIS);
    }
    List<Guestfs> taken = new ArrayList<>();
    double millis =
        Metrics.millis(
            () ->
                taken.add(
                    pool.acquire(machine -> machine.addDrive(disk))
                        .delayUntil(g -> g.listDevices().then())
                        .block()));
    taken.get(0).close().block();
    return millis;
  }

  /** Of all threads together. */
  private static double allocation(Bench bench) throws IOException {
    Guest guest = bench.guest();
    guest.existsAtOnce(Bench.SMALL, COUNTED_CALLS);
    long before = allocated();
    guest.existsAtOnce(Bench.SMALL, COUNTED_CALLS);
    return (double) (allocated() - before) / COUNTED_CALLS;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).sum();
  }

  private static double channelIn(Bench bench) throws IOException {
    return onBlankDisk(bench, g -> g.upload(bytes(CHANNEL_BYTES), DISK).block());
  }

  private static double channelOut(Bench bench) throws IOException {
    return onBlankDisk(bench, g -> g.download(DISK).then().block());
  }

  /** A disk without a file system, of zeroes: nothing that a guest has is nearer to the wire. */
  private static double onBlankDisk(Bench bench, Consumer<Guestfs> transfer) throws IOException {
    try (Guest guest = bench.side().launch(bench.blankDisk("channel", CHANNEL_BYTES))) {
      Guestfs g = ((ReactiveGuest) guest).handle();
      return rate(CHANNEL_BYTES, () -> transfer.accept(g));
    }
  }

  private static Flux<ByteBuffer> bytes(long count) {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    return Flux.range(0, Math.toIntExact(count / PIECE_BYTES)).map(i -> piece.duplicate());
  }

  private static double cpuUpload(Bench bench) throws IOException {
    Guest guest = bench.guest();
    double seconds = cpu(guest, () -> guest.upload(bench.data().large(), "/uploaded"));
    guest.rmRf("/uploaded");
    return seconds / Files.size(bench.data().large()) * GIBIBYTE;
  }

  private static double cpuDownload(Bench bench) throws IOException {
    Guest guest = bench.guest();
    String large = bench.large();
    Path copy = bench.scratch("downloaded");
    double seconds = cpu(guest, () -> guest.download(large, copy));
    long bytes = Files.size(copy);
    Files.delete(copy);
    return seconds / bytes * GIBIBYTE;
  }

  /** Processor time of this process and of qemu, in seconds. */
  private static double cpu(Guest guest, Runnable work) {
    ProcessHandle qemu = ((ReactiveGuest) guest).qemu();
    Duration before = cpu(qemu);
    work.run();
    return cpu(qemu).minus(before).toNanos() / 1e9;
  }

  private static Duration cpu(ProcessHandle qemu) {
    OperatingSystemMXBean own =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return qemu.info().totalCpuDuration().orElseThrow().plusNanos(own.getProcessCpuTime());
  }

  /** The sum over handles that each fill a file on a disk of their own. */
  private static double uploads(Bench bench, int count) throws IOException {
    List<Guest> guests =
        new ArrayList<>(bench.side().launchAll(bench.blankDisks("uploaded", count, DISK_BYTES)));
    try {
      guests.forEach(guest -> guest.format("ext4"));
      return rate(
          count * SHARE_BYTES,
          () ->
              Flux.fromIterable(guests)
                  .map(guest -> ((ReactiveGuest) guest).handle())
                  .flatMap(g -> g.upload(bytes(SHARE_BYTES), "/uploaded"), count)
                  .blockLast());
    } finally {
      guests.forEach(Guest::close);
    }
  }

  private static double rate(long bytes, Runnable work) {
    long start = System.nanoTime();
    work.run();
    return bytes * 1e3 / (System.nanoTime() - start);
  }
}
