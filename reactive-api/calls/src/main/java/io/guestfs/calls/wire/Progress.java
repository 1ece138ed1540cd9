package io.guestfs.calls.wire;

/** Where a handler says how far it has come; sending is limited to a few messages a second. */
public interface Progress {

  /** {@code position} of {@code total} is done, in a unit of the handler's choice. */
  void report(long position, long total);
}
