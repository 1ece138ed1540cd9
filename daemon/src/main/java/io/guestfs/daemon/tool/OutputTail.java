package io.guestfs.daemon.tool;

import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;

/**
 * Takes any amount of output and keeps the end of it. A program that repairs something must not be
 * broken off because it has much to tell.
 */
public final class OutputTail implements OutgoingFile {
  private static final int SIZE_MAX = 8 * 1024;

  private final byte[] ring = new byte[SIZE_MAX];
  private long written;

  @Override
  public void write(ByteBuffer data) {
    while (data.hasRemaining()) {
      ring[(int) (written++ % SIZE_MAX)] = data.get();
    }
  }

  /** The last lines, without white space around them; the first one may be cut. */
  public String text() {
    int length = (int) Math.min(written, SIZE_MAX);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((written - length + i) % SIZE_MAX)];
    }
    return GuestString.decode(bytes).strip();
  }
}
