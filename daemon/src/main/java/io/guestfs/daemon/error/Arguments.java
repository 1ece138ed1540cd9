package io.guestfs.daemon.error;

import org.jspecify.annotations.Nullable;

/** Checks of what a call was given. */
public final class Arguments {
  private Arguments() {}

  /** Refuses a number that is negative, by the name of its argument; null was not given. */
  public static void requireNotNegative(String name, @Nullable Number value) {
    if (value != null && value.longValue() < 0) {
      throw new CallException(Errno.EINVAL, name + " " + value + " must not be negative");
    }
  }
}
