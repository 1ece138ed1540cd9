package io.guestfs.daemon.connection;

import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.frame.ProtocolConstants;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The chunks that follow an upload call. */
final class Upload implements IncomingFile {
  private static final int CHUNK_HEAD = 8;
  private static final int PADDING_MASK = 3;

  private final PortReader reader;
  private final PortWriter writer;
  private final int chunkMax;
  private final long sizeHint;
  private boolean ended;
  private boolean brokenOff;

  Upload(Port port, long sizeHint) {
    this.reader = port.reader();
    this.writer = port.writer();
    this.chunkMax = port.limits().chunkMax();
    this.sizeHint = sizeHint;
  }

  @Override
  public long sizeHint() {
    return sizeHint;
  }

  @Override
  public @Nullable ByteBuffer next() {
    ByteBuffer data = ended ? null : nextChunk();
    if (brokenOff) {
      // The library knows why, and does not show this error to anybody.
      throw new CallException(Errno.ECANCELED, "the upload was broken off");
    }
    return data;
  }

  /**
   * Reads what a handler that succeeded has left; for instance what follows the end of an archive.
   */
  void finish() {
    ByteBuffer rest;
    do {
      rest = next();
    } while (rest != null);
  }

  /** Asks for no more, and reads what is on its way until the library ends the file. */
  void stop() {
    if (!ended) {
      writer.putInt(ProtocolConstants.CANCEL_FLAG);
      writer.flush();
      while (!ended) {
        nextChunk();
      }
    }
  }

  /** The content of one chunk; null at the end, regular or not. */
  private @Nullable ByteBuffer nextChunk() {
    int length = reader.readWord();
    if (length < CHUNK_HEAD || length > CHUNK_HEAD + chunkMax) {
      throw new PortException("chunk of 0x" + Integer.toHexString(length) + " bytes");
    }
    ByteBuffer chunk = reader.sliceOfPages(length, CHUNK_HEAD);
    int cancel = chunk.getInt();
    int dataLength = chunk.getInt();
    int padded = (dataLength + PADDING_MASK) & ~PADDING_MASK;
    if ((cancel & ~1) != 0 || dataLength < 0 || padded != length - CHUNK_HEAD) {
      throw new PortException(
          "chunk of " + length + " bytes, cancel " + cancel + ", data of " + dataLength);
    }
    brokenOff = cancel == 1;
    ended = brokenOff || dataLength == 0;
    return ended ? null : chunk.limit(CHUNK_HEAD + dataLength);
  }
}
