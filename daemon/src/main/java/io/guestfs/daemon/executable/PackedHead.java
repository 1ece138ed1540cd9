package io.guestfs.daemon.executable;

import io.guestfs.calls.wire.OutgoingFile;
import java.nio.ByteBuffer;

/** Collects as much of unpacked content as tells a program. */
final class PackedHead implements OutgoingFile {
  /** Ends the program that unpacks: that much is no program of a known processor. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("enough was seen", null, false, false);
    }
  }

  private final ByteBuffer head = ByteBuffer.allocate(ProgramHeader.SIZE);

  @Override
  public void write(ByteBuffer piece) {
    head.put(piece.slice(piece.position(), Math.min(piece.remaining(), head.remaining())));
    if (!head.hasRemaining()) {
      Found.ifKnown(content());
      throw new Full();
    }
  }

  /** What was collected so far. */
  ByteBuffer content() {
    return head.duplicate().flip();
  }
}
