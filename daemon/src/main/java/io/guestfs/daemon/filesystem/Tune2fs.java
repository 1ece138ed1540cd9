package io.guestfs.daemon.filesystem;

import io.guestfs.calls.Tune2fsOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes superblocks by tune2fs(8). */
public final class Tune2fs {
  private static final Set<String> ERROR_BEHAVIOURS = Set.of("continue", "remount-ro", "panic");

  private Tune2fs() {}

  /** Changes what is given. */
  public static void run(Device device, Tune2fsOptions options) {
    List<String> arguments = arguments(options);
    // Told to do nothing, the program complains.
    if (!arguments.isEmpty()) {
      Tool.of("tune2fs").args(arguments).args(device.name()).run();
    }
  }

  static List<String> arguments(Tune2fsOptions options) {
    return new ToolOptions()
        .flag("-f", options.force())
        .number("-c ", "maxmountcount", options.maxmountcount())
        .number("-C ", "mountcount", options.mountcount())
        .value("-e ", errorBehaviour(options.errorbehavior()))
        .number("-g ", "group", options.group())
        .value("-i ", interval(options.intervalbetweenchecks()))
        .number("-m ", "reservedblockspercentage", options.reservedblockspercentage())
        .value("-M ", options.lastmounteddirectory())
        .number("-r ", "reservedblockscount", options.reservedblockscount())
        .number("-u ", "user", options.user())
        .arguments();
  }

  private static @Nullable String errorBehaviour(@Nullable String word) {
    if (word != null && !ERROR_BEHAVIOURS.contains(word)) {
      throw new CallException(
          Errno.EINVAL, "errorbehavior '" + word + "' is none of " + ERROR_BEHAVIOURS);
    }
    return word;
  }

  /** A bare number would be days. */
  private static @Nullable String interval(@Nullable Integer seconds) {
    Arguments.requireNotNegative("intervalbetweenchecks", seconds);
    return seconds == null ? null : seconds + "s";
  }
}
