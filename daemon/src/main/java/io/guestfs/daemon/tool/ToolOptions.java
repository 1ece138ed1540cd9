package io.guestfs.daemon.tool;

import io.guestfs.daemon.error.Arguments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Optional arguments of a call as options of a program; what was not given is left out. An option
 * with a value is written as the flag and, after a space, what goes before the value: {@code "-b
 * size="} becomes {@code -b}, {@code size=4096}.
 */
public final class ToolOptions {
  private final List<String> arguments = new ArrayList<>();

  /** The option alone, when it is wanted. */
  public ToolOptions flag(String option, @Nullable Boolean wanted) {
    if (Boolean.TRUE.equals(wanted)) {
      arguments.add(option);
    }
    return this;
  }

  /** The option with a value. */
  public ToolOptions value(String option, @Nullable Object value) {
    if (value != null) {
      int space = option.indexOf(' ');
      arguments.add(option.substring(0, space));
      arguments.add(option.substring(space + 1) + value);
    }
    return this;
  }

  /** The option with a number, which is refused when it is negative. */
  public ToolOptions number(String option, String name, @Nullable Number value) {
    Arguments.requireNotNegative(name, value);
    return value(option, value);
  }

  /** The option with several values in one, none when there are none. */
  public ToolOptions list(String option, List<String> values) {
    return value(option, values.isEmpty() ? null : String.join(",", values));
  }

  /** All of them, in the order in which they were added. */
  public List<String> arguments() {
    return List.copyOf(arguments);
  }
}
