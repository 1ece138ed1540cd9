package io.guestfs;

import org.jspecify.annotations.Nullable;

/**
 * A call was refused before any of it was sent: too many were waiting, an argument cannot travel,
 * the handle is closed, or its appliance is gone.
 */
public final class CallRejectedException extends GuestfsException {

  private static final long serialVersionUID = 1L;

  private final String call;

  CallRejectedException(String call, String reason, @Nullable Throwable cause) {
    super(call + " was not sent: " + reason, cause);
    this.call = call;
  }

  /**
   * The call that was refused.
   *
   * @return the name that libguestfs gives it
   */
  public String call() {
    return call;
  }
}
