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
import org.jspecify.annotations.Nullable;

/** What a metric works with on one side: files on the host, and an appliance when it wants one. */
final class Bench implements AutoCloseable {

  /** Room for the content of all metrics, twice. */
  private static final long SCRATCH_BYTES = 1 << 20;

  private static final long DISK_BYTES = 6L << 30;

  private static final long BLANK_BYTES = 256L << 20;

  static final int POOL_SIZE = 3;

  /** A peer's that is idle takes a little of the processor, too. */
  private static final int MOST_LEFT = 5;

  /** The small file in the guest. */
  static final String SMALL = "/small";

  /** The tree of files with content in the guest. */
  static final String TREE = "/tree";

  /** The large file in the guest. */
  static final String LARGE = "/large";

  private final Side side;
  private final HostData data;
  private final Path folder;
  private final Deque<Guest> launched = new ArrayDeque<>();
  private int fresh;
  private @Nullable Guest guest;
  private @Nullable Crowd crowd;
  private @Nullable GuestfsPool pool;

  Bench(Side side, HostData data, Path folder) throws IOException {
    this.side = side;
    this.data = data;
    this.folder = Files.createDirectories(folder);
  }

  Side side() {
    return side;
  }

  HostData data() {
    return data;
  }

  /** A place on the host for something this side alone writes. */
  Path scratch(String name) {
    return folder.resolve(name);
  }

  /** The appliance that the calls go to, with an ext4 and a small file on it; launched once. */
  Guest guest() throws IOException {
    if (guest == null) {
      guest = side.launch(blankDisk("work", DISK_BYTES));
      guest.format("ext4");
      guest.write(SMALL, HostData.letters(HostData.SMALL_BYTES));
      guest.sync();
    }
    return guest;
  }

  /** A directory of many empty files in the guest, put there when it is first asked for. */
  String listed() throws IOException {
    return present("/listed", path -> unpack(data.listedArchive(), path));
  }

  /** A large tree of empty files in the guest, put there when it is first asked for. */
  String walked() throws IOException {
    return present("/walk", path -> unpack(data.walkArchive(), path));
  }

  /** The tree of files with content in the guest, put there when it is first asked for. */
  String tree() throws IOException {
    return present(TREE, path -> unpack(data.treeArchive(), path));
  }

  /** The large file in the guest, put there when it is first asked for. */
  String large() throws IOException {
    return present(LARGE, path -> guest().upload(data.large(), path));
  }

  private interface Putting {
    void put(String path) throws IOException;
  }

  private String present(String path, Putting putting) throws IOException {
    if (!guest().exists(path)) {
      putting.put(path);
      guest().sync();
    }
    return path;
  }

  private void unpack(Path archive, String directory) throws IOException {
    guest().mkdirP(directory);
    guest().tarIn(archive, directory);
  }

  /** A blank disk that no other machine has ever had. */
  Path freshDisk() throws IOException {
    return freshDisks(1).get(0);
  }

  /** As many of them as asked for. */
  List<Path> freshDisks(int count) throws IOException {
    return blankDisks("fresh" + fresh++ + "-", count, BLANK_BYTES);
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

  /** Many handles at once; not launched yet when it is first asked for. */
  Crowd crowd() throws IOException {
    if (crowd == null) {
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

  /** As many blank disks as asked for, which are blank again when they are next. */
  List<Path> blankDisks(String name, int count, long bytes) throws IOException {
    List<Path> disks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      disks.add(blankDisk(name + i, bytes));
    }
    return disks;
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
    launched.forEach(Guest::close);
    if (crowd != null) {
      crowd.close();
    }
    if (pool != null) {
      pool.close().block();
    }
  }
}
