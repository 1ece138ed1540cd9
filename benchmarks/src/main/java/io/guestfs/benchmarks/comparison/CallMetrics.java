package io.guestfs.benchmarks.comparison;

import static io.guestfs.benchmarks.comparison.Metric.Group.CALLS;
import static io.guestfs.benchmarks.comparison.Metrics.megabytesPerSecond;
import static io.guestfs.benchmarks.comparison.Metrics.millis;
import static io.guestfs.benchmarks.comparison.Metrics.require;
import static io.guestfs.benchmarks.comparison.Unit.BYTES;
import static io.guestfs.benchmarks.comparison.Unit.MEGABYTES_PER_SECOND;
import static io.guestfs.benchmarks.comparison.Unit.MILLISECONDS;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Single calls, one after the other unless they are issued at once. */
final class CallMetrics {

  private static final int CALLS_PER_SAMPLE = 500;
  private static final int PIPELINED_CALLS = 2000;
  private static final int FILES_PER_SAMPLE = 200;
  private static final int READS_PER_SAMPLE = 4;
  private static final int LISTS_PER_SAMPLE = 20;
  private static final int LARGE_WRITES_PER_SAMPLE = 4;
  private static final int COUNTED_CALLS = 2_000;

  private CallMetrics() {}

  static List<Metric> all() {
    return List.of(
        compared("call.exists", MILLISECONDS, CallMetrics::exists),
        compared("call.lstatns", MILLISECONDS, CallMetrics::lstatns),
        compared("pipeline.exists", MILLISECONDS, CallMetrics::pipeline),
        compared("write.1k", MILLISECONDS, CallMetrics::writeSmall),
        compared("read.1k", MILLISECONDS, CallMetrics::readSmall),
        compared("ls.500", MILLISECONDS, CallMetrics::ls),
        compared("readdir.500", MILLISECONDS, CallMetrics::readdir),
        compared("write.3m", MEGABYTES_PER_SECOND, CallMetrics::writeMedium),
        compared("read.3m", MEGABYTES_PER_SECOND, CallMetrics::readMedium),
        Metric.own("allocation.call", CALLS, BYTES, CallMetrics::allocation));
  }

  private static Metric compared(String name, Unit unit, Metric.Work work) {
    return Metric.compared(name, CALLS, unit, work);
  }

  private static double exists(Bench bench) throws IOException {
    Guest guest = bench.guest();
    require(guest.exists(WorkDisk.SMALL), "the small file does not exist");
    return perCall(CALLS_PER_SAMPLE, () -> guest.exists(WorkDisk.SMALL));
  }

  private static double lstatns(Bench bench) throws IOException {
    Guest guest = bench.guest();
    require(guest.size(WorkDisk.SMALL) == HostData.SMALL_BYTES, "the small file has another size");
    return perCall(CALLS_PER_SAMPLE, () -> guest.size(WorkDisk.SMALL));
  }

  private static double pipeline(Bench bench) throws IOException {
    Guest guest = bench.guest();
    return millis(() -> guest.existsAtOnce(WorkDisk.SMALL, PIPELINED_CALLS)) / PIPELINED_CALLS;
  }

  private static double writeSmall(Bench bench) throws IOException {
    Guest guest = bench.guest();
    byte[] content = HostData.letters(HostData.SMALL_BYTES);
    double result = perCall(FILES_PER_SAMPLE, () -> guest.write("/written", content));
    require(Arrays.equals(guest.read("/written"), content), "/written has another content");
    return result;
  }

  private static double readSmall(Bench bench) throws IOException {
    return read(bench, WorkDisk.SMALL, HostData.SMALL_BYTES);
  }

  private static double ls(Bench bench) throws IOException {
    Guest guest = bench.guest();
    require(guest.ls(WorkDisk.LISTED) == Workload.FILES_PER_DIRECTORY, "ls finds another number");
    return perCall(LISTS_PER_SAMPLE, () -> guest.ls(WorkDisk.LISTED));
  }

  private static double readdir(Bench bench) throws IOException {
    Guest guest = bench.guest();
    // With the directory itself and the one above.
    require(
        guest.readdir(WorkDisk.LISTED) == Workload.FILES_PER_DIRECTORY + 2,
        "readdir finds another number");
    return perCall(LISTS_PER_SAMPLE, () -> guest.readdir(WorkDisk.LISTED));
  }

  /** Whether the content is right turns out in {@link #readMedium}, to which the file is left. */
  private static double writeMedium(Bench bench) throws IOException {
    Guest guest = bench.guest();
    byte[] content = HostData.letters(HostData.MEDIUM_BYTES);
    double millis = perCall(LARGE_WRITES_PER_SAMPLE, () -> guest.write(WorkDisk.MEDIUM, content));
    return megabytesPerSecond(HostData.MEDIUM_BYTES, millis);
  }

  private static double readMedium(Bench bench) throws IOException {
    return megabytesPerSecond(
        HostData.MEDIUM_BYTES, read(bench, WorkDisk.MEDIUM, HostData.MEDIUM_BYTES));
  }

  /** Milliseconds for each time that a file of letters is read; what was read last is compared. */
  private static double read(Bench bench, String path, int bytes) throws IOException {
    Guest guest = bench.guest();
    byte[][] read = new byte[1][];
    double millis = perCall(READS_PER_SAMPLE, () -> read[0] = guest.read(path));
    require(Arrays.equals(read[0], HostData.letters(bytes)), path + " has another content");
    return millis;
  }

  /** Of all threads together. */
  private static double allocation(Bench bench) throws IOException {
    Guest guest = bench.guest();
    guest.existsAtOnce(WorkDisk.SMALL, COUNTED_CALLS);
    long before = allocated();
    guest.existsAtOnce(WorkDisk.SMALL, COUNTED_CALLS);
    return (double) (allocated() - before) / COUNTED_CALLS;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).sum();
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
}
