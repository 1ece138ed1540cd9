package io.guestfs.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of a qemu process, as the kernel counts it. */
final class QemuMemory {

  private QemuMemory() {}

  /**
   * What the process alone has: clean and dirty, not shared with any other.
   *
   * @param pid of a qemu
   * @return megabytes of 10⁶ bytes
   */
  static double privateMegabytes(long pid) throws IOException {
    return sum(pid, "Private_");
  }

  /** The process's share: what it shares is divided by the number of those who do. */
  static double proportionalMegabytes(long pid) throws IOException {
    return sum(pid, "Pss:");
  }

  private static double sum(long pid, String prefix) throws IOException {
    double kibibytes = 0;
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      if (line.startsWith(prefix)) {
        kibibytes += Double.parseDouble(line.replaceAll("\\D+", " ").strip());
      }
    }
    return kibibytes * 1024 / 1e6;
  }
}
