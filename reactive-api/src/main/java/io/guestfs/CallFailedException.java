package io.guestfs;

import io.guestfs.protocol.frame.ErrorNumbers;

/** The daemon did what it could and answered with an error. The handle is as good as before. */
public final class CallFailedException extends GuestfsException {

  private static final long serialVersionUID = 1L;

  private final String call;
  private final String errnoName;
  private final String reason;

  CallFailedException(String call, String errnoName, String reason) {
    super(call + ": " + reason + (errnoName.isEmpty() ? "" : " (" + errnoName + ")"), null);
    this.call = call;
    this.errnoName = errnoName;
    this.reason = reason;
  }

  /**
   * The call that failed.
   *
   * @return the name that libguestfs gives it, such as {@code mkdir_p}
   */
  public String call() {
    return call;
  }

  /**
   * The error by its name on Linux.
   *
   * @return for instance {@code ENOENT}; empty when no system call was at fault
   */
  public String errnoName() {
    return errnoName;
  }

  /**
   * The error by its number on Linux, as {@code guestfs_last_errno} gives it.
   *
   * @return for instance 2 for {@code ENOENT}; 0 when no system call was at fault
   */
  public int errno() {
    return ErrorNumbers.of(errnoName);
  }

  /**
   * Whether the daemon has no such call: what our daemon says, and what those of libguestfs say.
   */
  boolean isUnknownProcedure() {
    return errnoName.equals("ENOSYS") || reason.contains("unknown procedure number");
  }

  /** Whether what the call was about is not there, or no longer a directory. */
  boolean isFileGone() {
    return errnoName.equals("ENOENT") || errnoName.equals("ENOTDIR");
  }

  /**
   * What the daemon said.
   *
   * @return its message, without the name of the call
   */
  public String reason() {
    return reason;
  }
}
