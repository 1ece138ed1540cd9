package io.guestfs;

/** The state of a handle, by the names of libguestfs. */
public enum GuestfsState {
  /** There is no appliance: it was closed, or it died. A handle never leaves this state. */
  CONFIG,
  /** The appliance is being launched. */
  LAUNCHING,
  /** The appliance waits for a call. */
  READY,
  /** A call runs. */
  BUSY
}
