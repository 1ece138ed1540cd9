package io.guestfs;

import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.CallText;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.frame.Chunk;
import io.guestfs.protocol.frame.Direction;
import io.guestfs.protocol.frame.Frame;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * One call, from the moment it is taken in until the daemon has nothing more to say about it. That
 * end and the subscriber's are two things: a subscriber that cancels, or whose call takes too long,
 * is <em>settled</em> at once, but the exchange goes on until the protocol has reached a boundary
 * where another call may begin.
 *
 * <p>Confined to the event loop of its {@link Connection}. Methods that signal a subscriber do so
 * last: what the subscriber does in return finds a state that is consistent.
 */
abstract sealed class Exchange
    permits DownloadExchange, PlainExchange, ProbeExchange, UploadExchange {

  private enum Stage {
    /** Nothing was sent. */
    WAITING,
    /** The call was sent. */
    RUNNING,
    /** Nothing more will come for it. */
    DONE
  }

  private final Connection connection;
  private final CallDescriptor<?> call;
  private final @Nullable OptionValues options;
  private final @Nullable Object[] arguments;
  private final ProgressReporter progress;
  private final GuestfsInstrumentation.Call observed;
  private final Deadline callDeadline;
  private final Deadline drainDeadline;
  private Duration callTimeout = Duration.ZERO;
  private Stage stage = Stage.WAITING;
  private boolean settled;
  private int serial;

  Exchange(
      Connection connection,
      CallDescriptor<?> call,
      @Nullable OptionValues options,
      @Nullable Object[] arguments,
      ContextView context) {
    this(connection, call, options, arguments, context, call.name());
  }

  Exchange(
      Connection connection,
      CallDescriptor<?> call,
      @Nullable OptionValues options,
      @Nullable Object[] arguments,
      ContextView context,
      String observedName) {
    this.connection = connection;
    this.call = call;
    this.options = options;
    this.arguments = arguments;
    this.progress = new ProgressReporter(call.name(), context, connection.events());
    this.observed = connection.instrumentation().callStarted(observedName, context);
    this.callDeadline = new Deadline(connection.loop(), this::expired);
    this.drainDeadline = new Deadline(connection.loop(), this::drainExpired);
  }

  // Its way through the connection.

  /** The clock of the call starts. */
  final void admitted(@Nullable Duration timeout) {
    callTimeout = timeout == null ? Duration.ZERO : timeout;
    resumeCallDeadline();
  }

  /**
   * The message of the call. Encoded when it is about to be sent and not before, so that no buffer
   * exists for a call that waits.
   *
   * @throws IllegalArgumentException if an argument cannot travel
   * @throws XdrException if the message would be too large
   */
  final ByteBuf encode(int newSerial) {
    serial = newSerial;
    MessageHeader header = MessageHeader.call(call.procedure(), serial, optionalArguments());
    return call.hasSecrets()
        ? Frames.secretMessage(connection.allocator(), header, this::writeArguments)
        : Frames.message(connection.allocator(), header, messageMax(), this::writeArguments);
  }

  /** The message cannot be made, so nothing is sent. */
  final void reject(RuntimeException reason) {
    end();
    String why =
        reason instanceof XdrException
            ? "its message would be larger than %d bytes; stream large content (%s)"
                .formatted(messageMax(), reason.getMessage())
            : String.valueOf(reason.getMessage());
    fail(new CallRejectedException(name(), why, reason));
  }

  private int messageMax() {
    return call.hasSecrets() ? Frames.SECRET_MESSAGE_MAX : connection.limits().messageMax();
  }

  /** The message was written. */
  final void start() {
    stage = Stage.RUNNING;
    observed.sent();
    started();
  }

  /** A message or a chunk came. */
  final void receive(ByteBuf body) {
    if (!expectsReply()) {
      receiveChunk(Chunk.read(body, connection.limits().chunkMax()));
      return;
    }
    int bytes = body.readableBytes();
    XdrReader in = new XdrReader(body);
    MessageHeader header = MessageHeader.read(in);
    connection.trace().answered(this, header, bytes);
    if (header.direction() != Direction.REPLY
        || header.procedure() != call.procedure()
        || header.serial() != serial) {
      throw violation("it expects a reply to serial %d, not %s".formatted(serial, header));
    }
    if (header.status() == Status.OK) {
      receiveResult(in);
    } else {
      receiveError(MessageError.read(in));
    }
  }

  /** The daemon says how far it got. */
  final void receiveProgress(Frame.Progress frame) {
    if (frame.procedure() != call.procedure() || frame.serial() != serial) {
      throw violation("it runs with serial %d, not %s".formatted(serial, frame));
    }
    progressed();
    if (!settled) {
      progress.report(frame.position(), frame.total());
    }
  }

  /** The subscriber has gone. What becomes of the exchange depends on how far it is. */
  final void cancel() {
    if (!settled) {
      settled = true;
      abandon();
      observed.cancelled();
    }
  }

  /** The connection is of no further use. */
  final void disconnect(GuestfsException cause) {
    end();
    disconnected();
    fail(cause);
  }

  // For the three kinds of exchange.

  /** The call was sent: from now on replies, chunks and events arrive. */
  abstract void started();

  /**
   * Whether other calls may be on the wire at the same time. A transfer is alone, and so is what
   * ends the handle.
   */
  abstract boolean mayShareTheWire();

  /** The bits of the header that say which optional arguments are given. */
  long optionalArguments() {
    return options == null ? 0 : options.mask();
  }

  /** Writes what follows the header. */
  void writeArguments(XdrWriter out) {
    call.writeArguments(out, arguments, options);
  }

  /** Whether a reply may come now; if not, a chunk may. */
  abstract boolean expectsReply();

  /** The daemon answered. */
  abstract void receiveResult(XdrReader in);

  /** The daemon answered with an error. */
  void receiveError(MessageError error) {
    release();
    fail(new CallFailedException(name(), error.errnoName(), error.message()));
  }

  /** A piece of a file came. */
  void receiveChunk(Chunk chunk) {
    throw violation("there was a chunk without a transfer");
  }

  /**
   * The daemon wants no more chunks. Ignored where none flow: the flag may have crossed with the
   * end of the file.
   */
  void receiveCancel() {}

  /** The daemon is alive. */
  void progressed() {}

  /** There is room for more output. */
  void writable() {}

  /** All frames that were read at once were received. */
  void readComplete() {}

  /** The subscriber is settled while the call runs: brings the protocol to its next boundary. */
  abstract void abandoned();

  /** The connection has gone. */
  void disconnected() {}

  /** Tells the subscriber. */
  abstract void signalError(Throwable error);

  final Connection connection() {
    return connection;
  }

  final String name() {
    return call.name();
  }

  /** Call and arguments for people, without keys and content. */
  final String describe() {
    return CallText.of(call, arguments, options);
  }

  /** Is told of the call. */
  final GuestfsInstrumentation.Call observed() {
    return observed;
  }

  final boolean isSettled() {
    return settled;
  }

  /** The protocol is at a boundary: another call may begin. */
  final void release() {
    end();
    connection.release(this);
  }

  /** The subscriber gets a result next; true unless it has got something already, or has gone. */
  final boolean settle() {
    if (settled) {
      return false;
    }
    settled = true;
    progress.complete();
    connection.trace().succeeded(call);
    observed.succeeded();
    return true;
  }

  /** The subscriber gets an error, unless it has got something already, or has gone. */
  final void fail(Throwable error) {
    if (!settled) {
      settled = true;
      signalFailure(error);
    }
  }

  /** The subscriber gets an error now, the exchange goes on without it. */
  final void failAndAbandon(Throwable error) {
    if (!settled) {
      settled = true;
      abandon();
      signalFailure(error);
    }
  }

  private void signalFailure(Throwable error) {
    connection.trace().failed(call, error);
    observed.failed(error);
    signalError(error);
  }

  /** The time that content flows does not count. */
  final void pauseCallDeadline() {
    callDeadline.clear();
  }

  final void resumeCallDeadline() {
    if (!callTimeout.isZero()) {
      callDeadline.set(callTimeout);
    }
  }

  final ProtocolViolationException violation(String seen) {
    return new ProtocolViolationException(name() + ": " + seen, null);
  }

  private void abandon() {
    callDeadline.clear();
    if (stage == Stage.WAITING) {
      stage = Stage.DONE;
      connection.withdraw(this);
    } else if (stage == Stage.RUNNING) {
      drainDeadline.set(connection.timeouts().drain());
      abandoned();
    }
  }

  private void expired() {
    String what =
        stage == Stage.WAITING
            ? "while it waited behind " + connection.occupant()
            : "without a reply";
    failAndAbandon(new CallTimeoutException(name(), callTimeout, what));
  }

  private void drainExpired() {
    Duration timeout = connection.timeouts().drain();
    connection.poison(
        "%s did not end within %d ms after it was given up".formatted(name(), timeout.toMillis()));
  }

  private void end() {
    stage = Stage.DONE;
    callDeadline.clear();
    drainDeadline.clear();
  }
}
