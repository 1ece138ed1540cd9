package io.guestfs.benchmarks.comparison;

import io.guestfs.Guestfs;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.calls.DiskCreateOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;

/** Many handles that live at once, each with a disk of its own that holds the same file. */
final class Crowd implements AutoCloseable {

  static final int SIZE = 100;

  private static final int CONTENT_MEGABYTES = 100;
  private static final long DISK_BYTES = (CONTENT_MEGABYTES + 28L) << 20;
  private static final String FILE = "/content";

  private final List<Drive> disks;
  private final String digest;
  private List<ReactiveGuest> guests = List.of();
  private List<ProcessHandle> machines = List.of();

  private Crowd(List<Drive> disks, String digest) {
    this.disks = disks;
    this.digest = digest;
  }

  /** Makes the disks, which have one behind them. */
  static Crowd make(Bench bench) throws IOException {
    Path first = bench.blankDisk("crowd", DISK_BYTES);
    Path content = bench.data().large(CONTENT_MEGABYTES);
    List<Drive> disks = new ArrayList<>();
    try (ReactiveGuest guest = ReactiveSide.launch(ReactiveSide.builder(first))) {
      guest.format("ext4");
      guest.upload(content, FILE);
      for (int i = 0; i < SIZE; i++) {
        disks.add(overlay(bench.scratch("crowd" + i + ".qcow2"), first, guest.handle()));
      }
    }
    return new Crowd(disks, HostData.digest("MD5", content));
  }

  private static Drive overlay(Path file, Path backing, Guestfs g) {
    DiskCreateOptions options =
        DiskCreateOptions.defaults().backingfile(backing.toString()).backingformat("raw");
    g.diskCreate(file, "qcow2", -1, options).block();
    return Drive.local(file).format(DiskFormat.QCOW2).backingChain(true).build();
  }

  /** Launches all at once; each has answered when it returns. */
  void launch() {
    guests =
        ReactiveSide.launchEach(
            disks.stream().map(disk -> ReactiveSide.builder().addDrive(disk)).toList());
    machines = guests.stream().map(ReactiveGuest::qemu).toList();
  }

  /** Each mounts its disk and hashes the file on it. */
  void hash() {
    List<String> digests =
        Flux.fromIterable(guests)
            .map(ReactiveGuest::handle)
            .flatMap(Crowd::hash, SIZE)
            .collectList()
            .block();
    if (digests == null || digests.size() != SIZE || !Set.of(digest).containsAll(digests)) {
      throw new IllegalStateException("a digest differs from " + digest + ": " + digests);
    }
  }

  private static Flux<String> hash(Guestfs g) {
    return g.mountRo("/dev/sda", "/").thenMany(g.checksum("md5", FILE));
  }

  /** Memory of each, with its share of what several have; megabytes of 10⁶ bytes, the mean. */
  double megabytesEach() throws IOException {
    double sum = 0;
    for (ProcessHandle machine : machines) {
      sum += QemuMemory.proportionalMegabytes(machine.pid());
    }
    return sum / machines.size();
  }

  /** Processor time of all machines. */
  Duration cpu() {
    return machines.stream()
        .map(machine -> machine.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    Flux.fromIterable(guests).flatMap(guest -> guest.handle().close(), SIZE).blockLast();
  }
}
