package io.guestfs;

import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.xdr.XdrReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * A call whose content follows it in chunks, and then its reply. The content is asked for as the
 * channel takes it.
 */
final class UploadExchange extends Exchange {

  /** Buffers that are asked for ahead; more would only be held here. */
  static final int BUFFERS_AHEAD = 16;

  private final Publisher<ByteBuffer> content;
  private final MonoSink<Void> sink;
  private final Source source = new Source();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private final Deadline idleDeadline;

  /** Buffers that were asked for and have not come. */
  private int requested;

  private boolean sourceComplete;

  /** The last chunk was sent, whether the end of the file or a cancel. */
  private boolean ended;

  private boolean writing;

  UploadExchange(
      Connection connection,
      CallDescriptor<Void> call,
      @Nullable OptionValues options,
      Publisher<ByteBuffer> content,
      @Nullable Object[] arguments,
      MonoSink<Void> sink) {
    super(connection, call, options, arguments, sink.contextView());
    this.content = content;
    this.sink = sink;
    this.idleDeadline = new Deadline(connection.loop(), this::idle);
  }

  @Override
  void started() {
    pauseCallDeadline();
    // This overload, unlike the one for subscribers of Reactor, reports what subscribing throws.
    Subscriber<ByteBuffer> subscriber = source;
    Flux.from(content).subscribe(subscriber);
  }

  @Override
  boolean mayShareTheWire() {
    return false;
  }

  @Override
  boolean expectsReply() {
    return ended;
  }

  @Override
  void receiveResult(XdrReader in) {
    in.finish();
    release();
    if (settle()) {
      sink.success();
    }
  }

  /** The daemon cannot go on: it reads chunks until a cancel, and says why in its reply. */
  @Override
  void receiveCancel() {
    if (!ended) {
      breakOff();
      resumeCallDeadline();
    }
  }

  @Override
  void progressed() {
    if (!buffers.isEmpty()) {
      idleDeadline.set(connection().timeouts().idle());
    }
  }

  @Override
  void writable() {
    write();
  }

  @Override
  void abandoned() {
    if (!ended) {
      breakOff();
    }
  }

  @Override
  void disconnected() {
    ended = true;
    stopSource();
  }

  @Override
  void signalError(Throwable error) {
    sink.error(error);
  }

  private void accept(ByteBuffer buffer) {
    requested--;
    if (!ended) {
      buffers.add(buffer.duplicate());
      write();
    }
  }

  private void sourceCompleted() {
    sourceComplete = true;
    if (!ended) {
      write();
    }
  }

  /** The daemon is told to break off, and what it answers is dropped. */
  private void sourceFailed(Throwable error) {
    if (!ended) {
      failAndAbandon(error);
    }
  }

  /** Writes what the channel takes. Flushing makes room, and then calls this again. */
  private void write() {
    if (writing || ended) {
      return;
    }
    writing = true;
    do {
      while (!buffers.isEmpty() && connection().isWritable()) {
        writeChunk(buffers.element());
      }
      connection().flush();
    } while (!buffers.isEmpty() && connection().isWritable());
    writing = false;
    if (!buffers.isEmpty()) {
      idleDeadline.set(connection().timeouts().idle());
    } else if (sourceComplete) {
      end();
    } else {
      idleDeadline.clear();
      requestMore();
    }
  }

  private void writeChunk(ByteBuffer buffer) {
    int length = Math.min(buffer.remaining(), connection().limits().chunkMax());
    if (length > 0) {
      ByteBuffer piece = buffer.slice(buffer.position(), length);
      connection().write(Frames.chunk(connection().allocator(), piece));
      observed().contentSent(length);
      buffer.position(buffer.position() + length);
    }
    if (!buffer.hasRemaining()) {
      buffers.remove();
    }
  }

  private void requestMore() {
    if (connection().isWritable() && requested <= BUFFERS_AHEAD / 2) {
      int more = BUFFERS_AHEAD - requested;
      requested += more;
      source.request(more);
    }
  }

  private void end() {
    ended = true;
    idleDeadline.clear();
    connection().write(Frames.endOfFile(connection().allocator()));
    connection().flush();
    resumeCallDeadline();
  }

  private void breakOff() {
    ended = true;
    stopSource();
    connection().write(Frames.cancelChunk(connection().allocator()));
    connection().flush();
  }

  private void stopSource() {
    idleDeadline.clear();
    buffers.clear();
    source.cancel();
  }

  private void idle() {
    failAndAbandon(
        new CallTimeoutException(
            name(), connection().timeouts().idle(), "while the appliance took no content"));
  }

  /** Brings the signals of the content to the event loop. */
  private final class Source extends BaseSubscriber<ByteBuffer> {

    @Override
    public Context currentContext() {
      return Context.of(sink.contextView());
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      connection().execute(UploadExchange.this::write);
    }

    @Override
    protected void hookOnNext(ByteBuffer buffer) {
      connection().execute(() -> accept(buffer));
    }

    @Override
    protected void hookOnComplete() {
      connection().execute(UploadExchange.this::sourceCompleted);
    }

    @Override
    protected void hookOnError(Throwable error) {
      connection().execute(() -> sourceFailed(error));
    }
  }
}
