package io.guestfs.benchmarks.comparison;

import static io.guestfs.benchmarks.comparison.Metric.Group.TRANSFERS;
import static io.guestfs.benchmarks.comparison.Metrics.megabytesPerSecond;
import static io.guestfs.benchmarks.comparison.Metrics.millis;
import static io.guestfs.benchmarks.comparison.Metrics.require;
import static io.guestfs.benchmarks.comparison.Unit.MEGABYTES_PER_SECOND;
import static io.guestfs.benchmarks.comparison.Unit.MILLISECONDS;
import static io.guestfs.benchmarks.comparison.Unit.SECONDS_PER_GIBIBYTE;
import static io.guestfs.benchmarks.comparison.Unit.SHARE;

import com.sun.management.OperatingSystemMXBean;
import io.guestfs.Guestfs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/** Files and trees, to a guest and back, and what they are held against: the bare channel. */
final class TransferMetrics {

  static final long CHANNEL_BYTES = 256L << 20;

  private static final int PIECE_BYTES = 256 * 1024;
  private static final long SHARE_BYTES = 16L << 20;
  private static final double GIBIBYTE = 1L << 30;

  private static final String DISK = "/dev/sda";
  private static final String UPLOADED = "/uploaded";

  private TransferMetrics() {}

  static List<List<Metric>> all(Workload workload) {
    List<List<Metric>> all = new ArrayList<>();
    all.add(
        List.of(
            compared(workload.ofMegabytes("upload"), TransferMetrics::upload),
            own("channel.in", TransferMetrics::channelIn)));
    all.add(
        List.of(
            compared(workload.ofMegabytes("download"), TransferMetrics::download),
            own("channel.out", TransferMetrics::channelOut)));
    all.addAll(
        Metrics.oneByOne(
            List.of(
                compared("tar.in", TransferMetrics::tarIn),
                compared("tar.out", TransferMetrics::tarOut),
                compared("checksum.sha256", TransferMetrics::checksum),
                Metric.compared(
                    workload.ofThousands("walk"),
                    TRANSFERS,
                    MILLISECONDS,
                    TransferMetrics::walk))));
    if (workload == Workload.FULL) {
      all.add(
          List.of(
              own("uploads.1", bench -> uploads(bench, 1)),
              own("uploads.8", bench -> uploads(bench, 8)),
              own("uploads.32", bench -> uploads(bench, 32))));
    }
    return all;
  }

  private static Metric compared(String name, Metric.Work work) {
    return Metric.compared(name, TRANSFERS, MEGABYTES_PER_SECOND, work);
  }

  private static Metric own(String name, Metric.Work work) {
    return Metric.own(name, TRANSFERS, MEGABYTES_PER_SECOND, work);
  }

  /** Whether the content is right turns out in {@link #download}, to which the file is left. */
  private static double upload(Bench bench) throws IOException {
    Guest guest = bench.guest();
    guest.rmRf(WorkDisk.LARGE);
    guest.sync();
    Path large = bench.data().large();
    return transfer("cpu.upload", bench, () -> guest.upload(large, WorkDisk.LARGE));
  }

  private static double download(Bench bench) throws IOException {
    Guest guest = bench.guest();
    Path copy = bench.scratch("downloaded");
    double speed = transfer("cpu.download", bench, () -> guest.download(WorkDisk.LARGE, copy));
    require(HostData.sha256(copy).equals(bench.data().largeDigest()), "the download is damaged");
    Files.delete(copy);
    return speed;
  }

  /** Of the large file. What it takes of this process and of its qemu is noted. */
  private static double transfer(String cpu, Bench bench, Runnable work) throws IOException {
    long bytes = Files.size(bench.data().large());
    ProcessHandle qemu = bench.guest().qemu();
    Duration before = cpu(qemu);
    double speed = rate(bytes, work);
    double seconds = cpu(qemu).minus(before).toNanos() / 1e9;
    bench.notes().add(cpu, SECONDS_PER_GIBIBYTE, seconds / bytes * GIBIBYTE);
    bench.transferred(speed);
    return speed;
  }

  private static Duration cpu(ProcessHandle qemu) {
    OperatingSystemMXBean own =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return qemu.info().totalCpuDuration().orElseThrow().plusNanos(own.getProcessCpuTime());
  }

  private static double channelIn(Bench bench) throws IOException {
    return channel("share.upload", bench, TransferMetrics::fill);
  }

  private static double channelOut(Bench bench) throws IOException {
    return channel("share.download", bench, TransferMetrics::drain);
  }

  /** Which share of the channel's speed the transfer before had is noted. */
  private static double channel(String share, Bench bench, Consumer<Guestfs> transfer)
      throws IOException {
    Guestfs g = bench.channel().handle();
    double speed = rate(CHANNEL_BYTES, () -> transfer.accept(g));
    bench.takeTransferred().ifPresent(one -> bench.notes().add(share, SHARE, one / speed));
    return speed;
  }

  /** Through the channel into a disk of {@link #CHANNEL_BYTES}. */
  static void fill(Guestfs g) {
    g.upload(bytes(CHANNEL_BYTES), DISK).block();
  }

  /** All of a disk through the channel. */
  static void drain(Guestfs g) {
    g.download(DISK).then().block();
  }

  private static Flux<ByteBuffer> bytes(long count) {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    return Flux.range(0, Math.toIntExact(count / PIECE_BYTES)).map(i -> piece.duplicate());
  }

  /** Whether the content is right turns out in {@link #tarOut}, to which the tree is left. */
  private static double tarIn(Bench bench) throws IOException {
    Guest guest = bench.guest();
    guest.rmRf(WorkDisk.TREE);
    guest.mkdirP(WorkDisk.TREE);
    guest.sync();
    Path archive = bench.data().treeArchive();
    return rate(Files.size(archive), () -> guest.tarIn(archive, WorkDisk.TREE));
  }

  private static double tarOut(Bench bench) throws IOException {
    Guest guest = bench.guest();
    Path archive = bench.scratch("out.tar");
    double millis = millis(() -> guest.tarOut(WorkDisk.TREE, archive));
    long bytes = Files.size(archive);
    bench.data().verifyTree(archive);
    Files.delete(archive);
    return megabytesPerSecond(bytes, millis);
  }

  private static double checksum(Bench bench) throws IOException {
    Guest guest = bench.guest();
    String[] digest = new String[1];
    double speed =
        rate(Files.size(bench.data().large()), () -> digest[0] = guest.checksum(WorkDisk.LARGE));
    require(bench.data().largeDigest().equals(digest[0]), "the digests differ");
    return speed;
  }

  private static double walk(Bench bench) throws IOException {
    Guest guest = bench.guest();
    int expected = bench.data().walked();
    int[] found = new int[1];
    double millis = millis(() -> found[0] = guest.walk(WorkDisk.WALKED));
    require(found[0] == expected, "the walk finds " + found[0] + " files, not " + expected);
    return millis;
  }

  /** The sum over handles that each fill a file on a disk of their own. */
  private static double uploads(Bench bench, int count) throws IOException {
    List<Guest> guests = bench.formatted(count);
    guests.forEach(guest -> guest.rmRf(UPLOADED));
    return rate(
        count * SHARE_BYTES,
        () ->
            Flux.fromIterable(guests)
                .map(guest -> ((ReactiveGuest) guest).handle())
                .flatMap(g -> g.upload(bytes(SHARE_BYTES), UPLOADED), count)
                .blockLast());
  }

  private static double rate(long bytes, Runnable work) {
    return megabytesPerSecond(bytes, millis(work));
  }
}
