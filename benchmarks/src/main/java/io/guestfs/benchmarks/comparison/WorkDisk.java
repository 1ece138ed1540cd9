package io.guestfs.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disk that calls and transfers work on. It is made once, by this library, so that both sides
 * find the same files in the same places; what some metrics write to it, others read.
 */
final class WorkDisk {

  /** A small file. */
  static final String SMALL = "/small";

  /** A directory of many empty files. */
  static final String LISTED = "/listed";

  /** A large tree of empty files. */
  static final String WALKED = "/walk";

  /** A file that fits into one call. */
  static final String MEDIUM = "/medium";

  /** The large file. */
  static final String LARGE = "/large";

  /** The tree of files with content. */
  static final String TREE = "/tree";

  /** Room for the content of all metrics, twice. */
  private static final long BYTES = 6L << 30;

  private final Path original;
  private final HostData data;

  WorkDisk(Path original, HostData data) {
    this.original = original;
    this.data = data;
  }

  /** Makes the disk when it is first asked for, and copies it. */
  Path copy(Path to) throws IOException {
    if (!Files.exists(original)) {
      make();
    }
    HostData.run("cp", "--sparse=always", original.toString(), to.toString());
    return to;
  }

  private void make() throws IOException {
    Path disk = HostData.sparse(original, BYTES);
    try (Guest guest = ReactiveSide.launch(ReactiveSide.builder(disk))) {
      guest.format("ext4");
      guest.write(SMALL, HostData.letters(HostData.SMALL_BYTES));
      guest.unpack(data.listedArchive(), LISTED);
      guest.unpack(data.walkArchive(), WALKED);
    }
  }
}
