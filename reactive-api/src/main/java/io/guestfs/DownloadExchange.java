package io.guestfs;

import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.frame.Chunk;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.xdr.XdrReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * A call whose reply is followed by content in chunks. Nothing is read from the channel while the
 * subscriber asks for nothing, so a slow subscriber slows the guest.
 */
final class DownloadExchange extends Exchange {

  /** How long nobody may ask for content while calls wait, before an event says so. */
  static final Duration STALL_NOTICE = Duration.ofSeconds(1);

  private enum Phase {
    /** The daemon has not answered yet. */
    REPLY,
    /** Chunks flow to the subscriber. */
    CONTENT,
    /** Chunks are dropped: the daemon was told to stop. */
    DRAINING,
    /** The end of the file was received; some content may still be held for the subscriber. */
    ENDED
  }

  private final FluxSink<ByteBuffer> sink;
  private final Content held = new Content();
  private final Deadline idleDeadline;
  private final Deadline stallNotice;
  private Phase phase = Phase.REPLY;

  DownloadExchange(
      Connection connection,
      CallDescriptor<Void> call,
      @Nullable OptionValues options,
      @Nullable Object[] arguments,
      FluxSink<ByteBuffer> sink) {
    super(connection, call, options, arguments, sink.contextView());
    this.sink = sink;
    this.idleDeadline = new Deadline(connection.loop(), this::idle);
    this.stallNotice = new Deadline(connection.loop(), this::stalled);
  }

  @Override
  void started() {}

  @Override
  boolean mayShareTheWire() {
    return false;
  }

  @Override
  boolean expectsReply() {
    return phase == Phase.REPLY;
  }

  @Override
  void receiveResult(XdrReader in) {
    in.finish();
    pauseCallDeadline();
    phase = Phase.CONTENT;
    if (isSettled()) {
      drain();
    } else {
      followDemand();
    }
  }

  @Override
  void receiveChunk(Chunk chunk) {
    if (chunk.cancel()) {
      stopTimers();
      release();
      fail(new TransferAbortedException(name(), connection().consoleTail()));
    } else if (chunk.isEndOfFile()) {
      phase = Phase.ENDED;
      stopTimers();
      release();
      emit();
    } else if (phase == Phase.CONTENT) {
      observed().contentReceived(chunk.data().readableBytes());
      held.add(chunk.data());
    }
  }

  /** The chunks of one read become one buffer, and not one each. */
  @Override
  void readComplete() {
    emit();
  }

  @Override
  void progressed() {
    if (phase == Phase.CONTENT) {
      followDemand();
    }
  }

  /** The subscriber asked for more. */
  void requested() {
    emit();
  }

  /**
   * While the reply is outstanding nothing is said: it may be an error, and then nothing flows that
   * could be stopped.
   */
  @Override
  void abandoned() {
    if (phase == Phase.CONTENT) {
      drain();
    }
  }

  @Override
  void disconnected() {
    stopTimers();
  }

  @Override
  void signalError(Throwable error) {
    sink.error(error);
  }

  /** Whether the handle waits for the subscriber. */
  boolean isStalled() {
    return phase == Phase.CONTENT && sink.requestedFromDownstream() == 0;
  }

  private void emit() {
    if (isSettled() || phase == Phase.REPLY) {
      return;
    }
    if (!held.isEmpty() && sink.requestedFromDownstream() > 0) {
      sink.next(held.take());
    }
    if (phase == Phase.CONTENT) {
      followDemand();
    } else if (held.isEmpty() && settle()) {
      sink.complete();
    }
  }

  private void followDemand() {
    boolean wanted = sink.requestedFromDownstream() > 0;
    connection().setReading(wanted);
    if (wanted) {
      idleDeadline.set(connection().timeouts().idle());
      stallNotice.clear();
    } else {
      idleDeadline.clear();
      stallNotice.set(STALL_NOTICE);
    }
  }

  private void drain() {
    phase = Phase.DRAINING;
    stopTimers();
    held.clear();
    connection().setReading(true);
    connection().write(Frames.cancelFlag(connection().allocator()));
    connection().flush();
  }

  private void stopTimers() {
    idleDeadline.clear();
    stallNotice.clear();
  }

  private void idle() {
    failAndAbandon(
        new CallTimeoutException(
            name(), connection().timeouts().idle(), "without the content that was asked for"));
  }

  private void stalled() {
    if (!connection().reportStall(this)) {
      stallNotice.set(STALL_NOTICE);
    }
  }
}
