package io.guestfs.daemon.connection;

import io.guestfs.calls.wire.CallContext;
import io.guestfs.calls.wire.Roles;
import io.guestfs.protocol.call.CallDescriptor;
import org.jspecify.annotations.Nullable;

/** The calls that are served. */
public interface CallService {
  /** How strings become values. */
  Roles roles();

  /** The call of this number, null when there is none. */
  @Nullable CallDescriptor<?> find(int procedure);

  /** Serves a call that {@link #find} knows; an exception is its failure. */
  @Nullable Object serve(int procedure, @Nullable Object[] arguments, CallContext context);
}
