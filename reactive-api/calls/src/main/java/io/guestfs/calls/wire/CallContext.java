package io.guestfs.calls.wire;

/** What a daemon lends to the call that it serves. */
public interface CallContext {

  /** How strings become values. */
  Roles roles();

  /** The content that follows the call. */
  IncomingFile incoming();

  /** Where content goes that follows the reply. */
  OutgoingFile outgoing();

  /** Where progress is reported. */
  Progress progress();
}
