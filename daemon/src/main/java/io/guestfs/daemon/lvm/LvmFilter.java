package io.guestfs.daemon.lvm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guestfs.calls.value.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which devices LVM may look at, in a file that all its programs read after their configuration.
 */
final class LvmFilter {
  private static final Path FILE = Path.of("/etc/lvm/lvmlocal.conf");

  private LvmFilter() {}

  /** Hides all devices but these. */
  static void set(List<Device> devices) {
    try {
      Files.writeString(FILE, configuration(devices), US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hides nothing. */
  static void clear() {
    try {
      Files.deleteIfExists(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String configuration(List<Device> devices) {
    String accepted = devices.stream().map(LvmFilter::pattern).collect(Collectors.joining());
    return "devices { global_filter = [ " + accepted + "\"r|.*|\" ] }\n";
  }

  /** A whole disk stands for its partitions, too. */
  private static String pattern(Device device) {
    // What could mean something in a pattern or a string may be anything instead.
    String name = device.name().replaceAll("[^/\\w-]", ".");
    boolean whole = !Character.isDigit(name.charAt(name.length() - 1));
    return "\"a|^" + name + (whole ? "[0-9]*" : "") + "$|\", ";
  }
}
