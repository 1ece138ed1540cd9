package io.guestfs.appliance;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One more option for qemu's command line, as libguestfs's {@code config} takes it.
 *
 * @param name with its dash, such as {@code -device}
 * @param value the word behind it, or null for an option that has none
 */
public record QemuOption(String name, @Nullable String value) {

  /** What libguestfs refuses: what the machine boots, and where its console is. */
  private static final Set<String> TAKEN =
      Set.of("kernel", "initrd", "nographic", "display", "serial", "full-screen", "std-vga", "vnc");

  /** Leaves the process group that is killed when the program is gone. */
  private static final String DAEMONIZE = "daemonize";

  /** Checks that it is an option, and one that leaves the machine ours. */
  public QemuOption {
    if (!name.startsWith("-") || name.indexOf('\0') >= 0) {
      throw new ApplianceConfigurationException(
          "qemu option " + name + ": an option begins with a dash");
    }
    if (value != null && value.indexOf('\0') >= 0) {
      throw new ApplianceConfigurationException("qemu option " + name + ": its value has a zero");
    }
    // qemu takes one dash and two.
    String bare = name.substring(name.startsWith("--") ? 2 : 1);
    if (TAKEN.contains(bare)) {
      throw new ApplianceConfigurationException(
          "qemu option " + name + " is the library's own, as in libguestfs");
    }
    if (bare.equals(DAEMONIZE)) {
      throw new ApplianceConfigurationException(
          "qemu option " + name + ": a qemu in the background would outlive its program");
    }
  }
}
