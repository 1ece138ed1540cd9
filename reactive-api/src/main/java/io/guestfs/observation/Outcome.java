package io.guestfs.observation;

import io.guestfs.CallFailedException;
import io.guestfs.GuestfsException;
import io.guestfs.protocol.frame.ErrorNumbers;

/**
 * How a call or a launch ended, in values of tags. There are few, whatever the daemon or the source
 * of an upload says.
 */
record Outcome(String name, String errno, String error) {

  static final Outcome SUCCESS = new Outcome("success", GuestfsTag.NONE, GuestfsTag.NONE);
  static final Outcome CANCELLED = new Outcome("cancelled", GuestfsTag.NONE, GuestfsTag.NONE);

  static Outcome of(Throwable error) {
    return new Outcome("error", errno(error), className(error));
  }

  private static String errno(Throwable error) {
    if (error instanceof CallFailedException failure && !failure.errnoName().isEmpty()) {
      return ErrorNumbers.isName(failure.errnoName()) ? failure.errnoName() : GuestfsTag.OTHER;
    }
    return GuestfsTag.NONE;
  }

  private static String className(Throwable error) {
    return error instanceof GuestfsException ? error.getClass().getSimpleName() : GuestfsTag.OTHER;
  }
}
