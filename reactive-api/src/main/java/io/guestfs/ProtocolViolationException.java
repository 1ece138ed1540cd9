package io.guestfs;

import org.jspecify.annotations.Nullable;

/**
 * The daemon said something that it must not say at this point, or nothing where it had to. Nobody
 * can tell any more what its bytes mean, so the appliance is stopped and the handle is of no
 * further use; its builder launches a new one.
 */
public final class ProtocolViolationException extends GuestfsException {

  private static final long serialVersionUID = 1L;

  ProtocolViolationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
