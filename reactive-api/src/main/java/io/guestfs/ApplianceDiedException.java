package io.guestfs;

import io.guestfs.appliance.ApplianceExit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The appliance ended while a call waited or ran. The handle is of no further use; its builder
 * launches a new one.
 */
public final class ApplianceDiedException extends GuestfsException {

  private static final long serialVersionUID = 1L;

  /** Lines of console that a message shows; {@link #console} has more. */
  private static final int LINES_SHOWN = 5;

  private final transient @Nullable ApplianceExit exit;
  private final transient List<String> console;

  ApplianceDiedException(
      String call, String how, @Nullable ApplianceExit exit, List<String> console) {
    super(call + ": the appliance died: " + how + tail(console), null);
    this.exit = exit;
    this.console = List.copyOf(console);
  }

  /**
   * How qemu ended.
   *
   * @return its status or signal; null when that is not known, or after deserialisation
   */
  public @Nullable ApplianceExit exit() {
    return exit;
  }

  /**
   * The last lines of the guest's console.
   *
   * @return oldest first; empty after deserialisation
   */
  public List<String> console() {
    return console == null ? List.of() : console;
  }

  /** The end of a message: the last few lines of a console. */
  static String tail(List<String> console) {
    if (console.isEmpty()) {
      return "";
    }
    int from = Math.max(0, console.size() - LINES_SHOWN);
    return "; the console ended with:\n  "
        + String.join("\n  ", console.subList(from, console.size()));
  }
}
