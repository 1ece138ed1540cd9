package io.guestfs.appliance;

/** What becomes of blocks that the guest discards (libguestfs: {@code discard}). */
public enum Discard {
  /** Nothing: the image keeps its size. */
  DISABLE,
  /** They are given back to the host; a drive that cannot do so is refused. */
  ENABLE,
  /** They are given back to the host where that can be done. */
  BEST_EFFORT
}
