package io.guestfs.daemon.tool;

import io.guestfs.calls.wire.IncomingFile;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Content that is all there, in one piece. */
final class ArrayContent implements IncomingFile {
  private @Nullable ByteBuffer content;

  ArrayContent(byte[] bytes) {
    if (bytes.length > 0) {
      content = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
  }

  @Override
  public @Nullable ByteBuffer next() {
    ByteBuffer next = content;
    content = null;
    return next;
  }
}
