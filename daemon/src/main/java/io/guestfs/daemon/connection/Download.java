package io.guestfs.daemon.connection;

import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.nio.ByteBuffer;

/** The chunks that follow the reply to a download call. */
final class Download implements OutgoingFile {
  private static final int CHUNK_HEAD = 8;
  private static final int PADDING_MASK = 3;

  private final PortReader reader;
  private final PortWriter writer;
  private final int chunkMax;
  private final Reply reply;
  private boolean started;

  Download(Port port, Reply reply) {
    this.reader = port.reader();
    this.writer = port.writer();
    this.chunkMax = port.limits().chunkMax();
    this.reply = reply;
  }

  @Override
  public void write(ByteBuffer data) {
    start();
    int end = data.limit();
    while (data.position() < end) {
      int count = Math.min(end - data.position(), chunkMax);
      data.limit(data.position() + count);
      chunk(data);
    }
  }

  @Override
  public void flush() {
    if (started) {
      checkCancelled();
      writer.flush();
    }
  }

  /** Whether the reply has gone out, after which an error can no longer be reported. */
  boolean isStarted() {
    return started;
  }

  /** Ends the file. */
  void finish() {
    start();
    endChunk(0);
  }

  /** Breaks the file off. */
  void abort() {
    endChunk(1);
  }

  private void start() {
    if (!started) {
      started = true;
      reply.success();
    }
  }

  private void chunk(ByteBuffer data) {
    int length = data.remaining();
    int padding = -length & PADDING_MASK;
    // The library's wish to stop is looked for once in a while: before anything really goes out.
    if (writer.isFilledBy(Integer.BYTES + CHUNK_HEAD + length + padding)) {
      checkCancelled();
    }
    writer.putInt(CHUNK_HEAD + length + padding);
    writer.putInt(0);
    writer.putInt(length);
    writer.put(data);
    writer.putPadding(padding);
  }

  private void endChunk(int cancel) {
    writer.putInt(CHUNK_HEAD);
    writer.putInt(cancel);
    writer.putInt(0);
    writer.flush();
  }

  private void checkCancelled() {
    if (reader.takeCancelFlag()) {
      throw new CallException(Errno.ECANCELED, "the download was broken off");
    }
  }
}
