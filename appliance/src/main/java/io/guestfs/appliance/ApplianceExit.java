package io.guestfs.appliance;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a qemu process ended.
 *
 * @param status exit status; 128 and more stands for a signal, as in a shell
 * @param errors the last lines that qemu wrote to its standard error
 * @param console the last lines of the guest's console, oldest first
 */
public record ApplianceExit(int status, List<String> errors, List<String> console) {

  /** A shell reports death by a signal as this plus the number of the signal. */
  private static final int SIGNAL_BASE = 128;

  /** Copies the lists. */
  public ApplianceExit {
    errors = List.copyOf(errors);
    console = List.copyOf(console);
  }

  /**
   * The signal that ended the process.
   *
   * @return empty when it exited by itself
   */
  public OptionalInt signal() {
    return status > SIGNAL_BASE ? OptionalInt.of(status - SIGNAL_BASE) : OptionalInt.empty();
  }

  /**
   * A phrase for messages.
   *
   * @return for example {@code exited with status 1: no such device}
   */
  public String describe() {
    String how =
        signal().isPresent()
            ? "was killed by signal " + signal().getAsInt()
            : "exited with status " + status;
    return errors.isEmpty() ? how : how + ": " + String.join(" / ", errors);
  }
}
