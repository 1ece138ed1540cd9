package io.guestfs.benchmarks.comparison;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a metric works with on one side: files on the host, and an appliance when it wants one. */
final class Bench implements AutoCloseable {

  static final int POOL_SIZE = 3;

  private static final long BLANK_BYTES = 256L << 20;
  private static final long SCRATCH_BYTES = 1 << 20;

  /** A peer's that is idle takes a little of the processor, too. */
  private static final int MOST_LEFT = 10;

  private final Side side;
  private final HostData data;
  private final WorkDisk work;
  private final Path folder;
  private final Deque<Guest> launched = new ArrayDeque<>();
  private final List<Guest> formatted = new ArrayList<>();
  private final Notes notes = new Notes();
  private int fresh;
  private OptionalDouble transferred = OptionalDouble.empty();
  private @Nullable Guest guest;
  private @Nullable ReactiveGuest channel;
  private @Nullable Crowd crowd;
  private @Nullable GuestfsPool pool;

  Bench(Side side, HostData data, WorkDisk work, Path folder) throws IOException {
    this.side = side;
    this.data = data;
    this.work = work;
    this.folder = Files.createDirectories(folder);
  }

  Side side() {
    return side;
  }

  HostData data() {
    return data;
  }

  /** For what is found out beside what is measured. */
  Notes notes() {
    return notes;
  }

  /** A place on the host for something this side alone writes. */
  Path scratch(String name) {
    return folder.resolve(name);
  }

  /** The appliance that the calls go to, with the disk to work on; launched once. */
  Guest guest() throws IOException {
    if (guest == null) {
      guest = side.launch(work.copy(scratch("work.img")));
      guest.mount();
    }
    return guest;
  }

  /**
   * A machine of this library with a disk without a file system, than which nothing that a guest
   * has is nearer to the wire. The first transfers of a machine, which are slow, are behind it.
   */
  ReactiveGuest channel() throws IOException {
    if (channel == null) {
      channel =
          ReactiveSide.launch(
              ReactiveSide.builder(blankDisk("channel", TransferMetrics.CHANNEL_BYTES)));
      TransferMetrics.fill(channel.handle());
      TransferMetrics.drain(channel.handle());
    }
    return channel;
  }

  /** Keeps the speed of a transfer for what it is held against next. */
  void transferred(double speed) {
    transferred = OptionalDouble.of(speed);
  }

  /** The speed of the last transfer, once. */
  OptionalDouble takeTransferred() {
    OptionalDouble speed = transferred;
    transferred = OptionalDouble.empty();
    return speed;
  }

  /** A blank disk that no other machine has ever had. */
  Path freshDisk() throws IOException {
    return blankDisk("fresh" + fresh++, BLANK_BYTES);
  }

  /** As many of them as asked for. */
  List<Path> freshDisks(int count) throws IOException {
    List<Path> disks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      disks.add(freshDisk());
    }
    return disks;
  }

  /**
   * Leaves a machine with which nothing was done but launching it to what is measured next, for
   * which the peer would need longer to launch one than for all the rest.
   */
  void leave(Guest machine) {
    if (launched.size() < MOST_LEFT) {
      launched.addLast(machine);
    } else {
      machine.close();
    }
  }

  /** A machine that was left, for its taker to close; launched when there is none. */
  Guest takeLaunched() throws IOException {
    return launched.isEmpty() ? side.launch(freshDisk()) : launched.removeFirst();
  }

  /** So many machines with an ext4, the same ones each time. */
  List<Guest> formatted(int count) throws IOException {
    if (formatted.size() < count) {
      List<Guest> more = side.launchAll(freshDisks(count - formatted.size()));
      more.forEach(guest -> guest.format("ext4"));
      formatted.addAll(more);
    }
    return formatted.subList(0, count);
  }

  /** Many handles at once; not launched yet when it is first asked for, and alone then. */
  Crowd crowd() throws IOException {
    if (crowd == null) {
      formatted.forEach(Guest::close);
      formatted.clear();
      crowd = Crowd.make(this);
    }
    return crowd;
  }

  /**
   * Machines of this library that wait for a disk. One has been used when it is first asked for: as
   * with calls, what is done for the first time in this JVM is not what it costs.
   */
  GuestfsPool pool() {
    if (pool == null) {
      pool = GuestfsPool.builder(ReactiveSide.builder()).size(POOL_SIZE).build();
      pool.using(machine -> machine.addDriveScratch(SCRATCH_BYTES), Guestfs::listDevices)
          .blockLast();
    }
    return pool;
  }

  /** A raw image of zeroes that takes no room. */
  Path blankDisk(String name, long bytes) throws IOException {
    return HostData.sparse(folder.resolve(name + ".img"), bytes);
  }

  @Override
  public void close() throws IOException {
    if (guest != null) {
      guest.close();
    }
    if (channel != null) {
      channel.close();
    }
    launched.forEach(Guest::close);
    formatted.forEach(Guest::close);
    if (crowd != null) {
      crowd.close();
    }
    if (pool != null) {
      pool.close().block();
    }
  }
}
