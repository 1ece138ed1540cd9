package io.guestfs.benchmarks.comparison;

import io.guestfs.Guestfs;
import java.io.IOException;
import java.nio.file.Files;
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

  private final List<Path> disks;
  private final String digest;
  private List<Guest> guests = List.of();
  private List<ProcessHandle> machines = List.of();

  private Crowd(List<Path> disks, String digest) {
    this.disks = disks;
    this.digest = digest;
  }

  /** Makes the disks: copies of one. */
  static Crowd make(Bench bench) throws IOException {
    Path first = bench.blankDisk("crowd", DISK_BYTES);
    String digest;
    try (Guest guest = bench.side().launch(first)) {
      guest.format("ext4");
      guest.upload(bench.data().large(CONTENT_MEGABYTES), FILE);
      digest = guest.checksum(FILE);
    }
    List<Path> disks = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      disks.add(Files.copy(first, bench.scratch("crowd" + i + ".img")));
    }
    return new Crowd(disks, digest);
  }

  /** Launches all at once; each has answered when it returns. */
  void launch(Side side) {
    guests = side.launchAll(disks);
    machines = guests.stream().map(guest -> ((ReactiveGuest) guest).qemu()).toList();
  }

  /** Each mounts its disk and hashes the file on it. */
  void hash() {
    List<String> digests =
        Flux.fromIterable(guests)
            .map(guest -> ((ReactiveGuest) guest).handle())
            .flatMap(Crowd::hash, SIZE)
            .collectList()
            .block();
    if (digests == null || digests.size() != SIZE || !Set.of(digest).containsAll(digests)) {
      throw new IllegalStateException("a digest differs from " + digest + ": " + digests);
    }
  }

  private static Flux<String> hash(Guestfs g) {
    return g.mountRo("/dev/sda", "/").thenMany(g.checksum("sha256", FILE));
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
  public void close() throws IOException {
    Flux.fromIterable(guests)
        .flatMap(guest -> ((ReactiveGuest) guest).handle().close(), SIZE)
        .blockLast();
    for (Path disk : disks) {
      Files.delete(disk);
    }
  }
}
