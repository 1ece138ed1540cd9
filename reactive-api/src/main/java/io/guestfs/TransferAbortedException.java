package io.guestfs;

import java.util.List;

/**
 * The daemon broke a download off. It had answered the call before the first byte, so there is no
 * errno; what went wrong may stand on the console. The handle is as good as before.
 */
public final class TransferAbortedException extends GuestfsException {

  private static final long serialVersionUID = 1L;

  private final String call;
  private final transient List<String> console;

  TransferAbortedException(String call, List<String> console) {
    super(
        call
            + ": the daemon could not read on and broke the transfer off"
            + ApplianceDiedException.tail(console),
        null);
    this.call = call;
    this.console = List.copyOf(console);
  }

  /**
   * The call that was broken off.
   *
   * @return the name that libguestfs gives it
   */
  public String call() {
    return call;
  }

  /**
   * The last lines of the guest's console.
   *
   * @return oldest first; empty after deserialisation
   */
  public List<String> console() {
    return console == null ? List.of() : console;
  }
}
