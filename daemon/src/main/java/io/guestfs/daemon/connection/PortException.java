package io.guestfs.daemon.connection;

/**
 * The port is of no more use: it failed, was closed in the middle of a frame, or brought what
 * cannot be a frame, so that nobody knows where the next one starts. Nothing can follow but the
 * end.
 */
public final class PortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortException(String seen) {
    super(seen);
  }
}
