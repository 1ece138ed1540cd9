package io.guestfs.calls.wire;

import java.nio.ByteBuffer;

/**
 * The content of a download; blocking. The first write tells the receiver that the call succeeded:
 * a handler that fails before can still say why, one that fails later can only break off.
 */
public interface OutgoingFile {

  /**
   * Sends what remains in a buffer. When the receiver has broken the download off this throws, and
   * the handler has only to clean up.
   */
  void write(ByteBuffer data);

  /** Sends on what was collected: it may be a while until there is more. */
  default void flush() {}
}
