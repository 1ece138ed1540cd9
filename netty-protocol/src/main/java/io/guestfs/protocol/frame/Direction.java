package io.guestfs.protocol.frame;

/** Which way a message goes. The order is that of the numbers on the wire. */
public enum Direction {
  /** From the library to the daemon. */
  CALL,
  /** From the daemon to the library. */
  REPLY
}
