package io.guestfs.daemon.handler;

/** What a library sees of a call that failed. */
final class CallFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String errno;

  CallFailedException(String errno, String message) {
    super(message);
    this.errno = errno;
  }

  /** The name of the error number, empty when there is none. */
  String errno() {
    return errno;
  }
}
