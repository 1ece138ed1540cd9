package io.guestfs;

import java.time.Duration;

/**
 * A call took longer than the handle's limits allow. It may still be running in the appliance; the
 * handle waits for its end before it sends another.
 */
public final class CallTimeoutException extends GuestfsException {

  private static final long serialVersionUID = 1L;

  private final String call;
  private final Duration timeout;

  CallTimeoutException(String call, Duration timeout, String what) {
    super(call + ": " + timeout.toMillis() + " ms went by " + what, null);
    this.call = call;
    this.timeout = timeout;
  }

  /**
   * The call that took too long.
   *
   * @return the name that libguestfs gives it
   */
  public String call() {
    return call;
  }

  /**
   * The limit.
   *
   * @return as it was given to the builder
   */
  public Duration timeout() {
    return timeout;
  }
}
