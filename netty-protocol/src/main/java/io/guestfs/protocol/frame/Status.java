package io.guestfs.protocol.frame;

/** What follows the header of a reply. The order is that of the numbers on the wire. */
public enum Status {
  /** The result, if the call has one; in a call, the arguments. */
  OK,
  /** A {@link MessageError}. */
  ERROR
}
