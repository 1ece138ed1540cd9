package io.guestfs.calls.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The content that follows an upload call; blocking. */
public interface IncomingFile {

  /**
   * The next piece, not empty, which is valid until the next call of this method; null at the end.
   * When the sender breaks the upload off this throws, and the handler has only to clean up.
   */
  @Nullable ByteBuffer next();

  /** How many bytes the sender says there will be, 0 when it does not say. */
  default long sizeHint() {
    return 0;
  }
}
