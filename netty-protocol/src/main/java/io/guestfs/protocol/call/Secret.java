package io.guestfs.protocol.call;

/**
 * An argument that travels as a string and that nobody may see: it is encoded when the call is
 * sent, its bytes are wiped once they were written, and it is shown nowhere.
 */
public interface Secret {

  /** How it stands in texts for people. */
  String SHOWN = "***";

  /**
   * Its bytes.
   *
   * @return a copy without NULs, for the caller to wipe
   * @throws IllegalArgumentException when it is no longer there
   */
  byte[] bytes();
}
