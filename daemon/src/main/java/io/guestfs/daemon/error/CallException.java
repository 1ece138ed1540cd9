package io.guestfs.daemon.error;

import org.jspecify.annotations.Nullable;

/**
 * Ends the running call with an error reply. Thrown by system calls, tools and handlers alike; the
 * main loop turns it into {@code errno} and message on the wire.
 */
public final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Errno errno;

  /** An error of which the message says everything, as those of external tools do. */
  public CallException(String message) {
    super(message);
    this.errno = null;
  }

  /** An error that a program may want to recognise by its number. */
  public CallException(Errno errno, String message) {
    super(message);
    this.errno = errno;
  }

  /** A failed system call: {@code what} says which, and usually on what. */
  public static CallException failed(String what, Errno errno) {
    return new CallException(errno, what + ": " + errno.description());
  }

  /** The same failure, said of what was asked for. */
  public CallException of(String what) {
    String message = what + ": " + getMessage();
    return errno == null ? new CallException(message) : new CallException(errno, message);
  }

  /** The number, absent where the failure had none. */
  public @Nullable Errno errno() {
    return errno;
  }

  /** Whether the failure was this one. */
  public boolean is(Errno expected) {
    return errno == expected;
  }
}
