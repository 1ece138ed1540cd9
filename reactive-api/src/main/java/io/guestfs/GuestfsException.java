package io.guestfs;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything that a launch, a call or a close signals as an error. The message names the
 * thing and says what can be done.
 */
public abstract sealed class GuestfsException extends RuntimeException
    permits ApplianceDiedException,
        CallFailedException,
        CallRejectedException,
        CallTimeoutException,
        LaunchException,
        ProtocolViolationException,
        TransferAbortedException {

  private static final long serialVersionUID = 1L;

  GuestfsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
