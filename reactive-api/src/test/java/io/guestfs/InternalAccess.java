package io.guestfs;

import io.guestfs.calls.InternalCalls;

/** Lets tests of other packages make the calls that users do not see. */
public final class InternalAccess {

  private InternalAccess() {}

  /** The internal calls of a launched handle. */
  public static InternalCalls of(Guestfs g) {
    InternalsStubs internals = ((GuestfsHandle) g)::invoker;
    return internals;
  }
}
