package io.guestfs.benchmarks.comparison;

import java.nio.file.Path;
import java.util.List;

/** One of the two libraries. */
public interface Side {

  /** Launches an appliance with a disk, in the way that is the library's own default. */
  Guest launch(Path disk);

  /** Launches an appliance for each disk, all at once; each has answered {@code list_devices}. */
  List<Guest> launchAll(List<Path> disks);
}
