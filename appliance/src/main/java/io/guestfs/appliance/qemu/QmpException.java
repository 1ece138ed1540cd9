package io.guestfs.appliance.qemu;

import org.jspecify.annotations.Nullable;

/** qemu refused a command of its monitor, or the monitor is gone. */
public final class QmpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean closed;

  private QmpException(String message, boolean closed, @Nullable Throwable cause) {
    super(message, cause);
    this.closed = closed;
  }

  static QmpException refused(String command, String description) {
    return new QmpException(command + ": " + description, false, null);
  }

  static QmpException closed(@Nullable Throwable cause) {
    String how =
        cause == null
            ? "qemu closed its monitor"
            : "the connection to the monitor of qemu failed: " + cause;
    return new QmpException(how, true, cause);
  }

  /**
   * Whether the connection is gone, rather than a command refused.
   *
   * @return true when no further command can succeed
   */
  public boolean isClosed() {
    return closed;
  }
}
