package io.guestfs;

import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * Asks whether the daemon has a procedure, by a call that none carries out: it gives an optional
 * argument that does not exist, which daemons refuse before they look at anything else. One without
 * the procedure says that instead.
 */
final class ProbeExchange extends Exchange {

  /** The last of the 64 optional arguments that a header has room for. */
  private static final long NO_SUCH_ARGUMENT = 1L << 63;

  private static final @Nullable Object[] NONE = {};

  private final MonoSink<Boolean> sink;
  private boolean brokenOff;

  ProbeExchange(Connection connection, CallDescriptor<?> call, MonoSink<Boolean> sink) {
    super(connection, call, null, NONE, sink.contextView(), "supports");
    this.sink = sink;
  }

  @Override
  void started() {}

  @Override
  boolean mayShareTheWire() {
    return false;
  }

  @Override
  long optionalArguments() {
    return NO_SUCH_ARGUMENT;
  }

  @Override
  void writeArguments(XdrWriter out) {}

  @Override
  boolean expectsReply() {
    return true;
  }

  @Override
  void receiveResult(XdrReader in) {
    throw violation("an optional argument that does not exist was accepted");
  }

  @Override
  void receiveError(MessageError error) {
    boolean known =
        !new CallFailedException(name(), error.errnoName(), error.message()).isUnknownProcedure();
    release();
    if (settle()) {
      sink.success(known);
    }
  }

  /** A call that would take a file. There is none, and the daemon waits for its end. */
  @Override
  void receiveCancel() {
    if (!brokenOff) {
      brokenOff = true;
      connection().write(Frames.cancelChunk(connection().allocator()));
      connection().flush();
    }
  }

  @Override
  void abandoned() {}

  @Override
  void signalError(Throwable error) {
    sink.error(error);
  }
}
