package io.guestfs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A launch failed: what it was told to use is not there or contradicts itself, or the appliance did
 * not come up. Nothing is left of it on the host.
 */
public final class LaunchException extends GuestfsException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> console;

  LaunchException(@Nullable String message, List<String> console, @Nullable Throwable cause) {
    super((message == null ? "the launch failed" : message), cause);
    this.console = List.copyOf(console);
  }

  /**
   * The last lines of the guest's console.
   *
   * @return oldest first; empty when the guest did not run, and after deserialisation
   */
  public List<String> console() {
    return console == null ? List.of() : console;
  }
}
