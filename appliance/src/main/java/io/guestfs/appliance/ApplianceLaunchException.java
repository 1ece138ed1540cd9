package io.guestfs.appliance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine did not come up: qemu died, the guest never answered, or the host refused. */
public final class ApplianceLaunchException extends ApplianceException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable ApplianceExit exit;
  private final transient List<String> console;

  /**
   * Makes the exception.
   *
   * @param message what happened, and what qemu said
   * @param exit how qemu ended, or null when it never ran or had to be stopped
   * @param console the last lines of the guest's console
   * @param cause what this was noticed by
   */
  public ApplianceLaunchException(
      String message,
      @Nullable ApplianceExit exit,
      List<String> console,
      @Nullable Throwable cause) {
    super(message, cause);
    this.exit = exit;
    this.console = List.copyOf(console);
  }

  /**
   * Makes the exception for a failure before qemu ran.
   *
   * @param message what happened
   * @param cause what the host said
   */
  public ApplianceLaunchException(String message, @Nullable Throwable cause) {
    this(message, null, List.of(), cause);
  }

  /**
   * How qemu ended by itself.
   *
   * @return null when it never ran, had to be stopped, or after deserialisation
   */
  public @Nullable ApplianceExit exit() {
    return exit;
  }

  /**
   * The last lines of the guest's console.
   *
   * @return oldest first
   */
  public List<String> console() {
    return console == null ? List.of() : console;
  }
}
