package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.content.SequentialWrite;
import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;

/** Moves content between open files and the channel to the library. */
final class StreamedContent {
  /** As much as one message of the channel to the library takes without being split. */
  private static final int PIECE_SIZE = 256 * 1024;

  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_SIZE);

  /** Writes all that comes at the position of a file. */
  void receive(IncomingFile from, Fd to, Progress progress) {
    long total = from.sizeHint();
    long done = 0;
    SequentialWrite write = new SequentialWrite(to);
    ByteBuffer data = from.next();
    while (data != null) {
      done += data.remaining();
      write.write(data);
      progress.report(done, total);
      data = from.next();
    }
  }

  /** Sends what a file has from its position on, {@code length} bytes at most. */
  void send(Fd from, long length, OutgoingFile to, Progress progress, long total) {
    long done = 0;
    while (done < length) {
      piece.clear().limit((int) Math.min(PIECE_SIZE, length - done));
      int count = from.read(piece);
      if (count < 0) {
        return;
      }
      to.write(piece.flip());
      done += count;
      progress.report(done, total);
    }
  }
}
