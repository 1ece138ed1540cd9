package io.guestfs;

import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.xdr.XdrReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** A call and its reply, no file content. */
final class PlainExchange<T> extends Exchange {

  private final CallDescriptor<T> call;
  private final MonoSink<T> sink;

  PlainExchange(
      Connection connection,
      CallDescriptor<T> call,
      @Nullable OptionValues options,
      @Nullable Object[] arguments,
      MonoSink<T> sink) {
    super(connection, call, options, arguments, sink.contextView());
    this.call = call;
    this.sink = sink;
  }

  @Override
  void started() {}

  @Override
  boolean mayShareTheWire() {
    return !call.equals(InternalDescriptors.INTERNAL_AUTOSYNC);
  }

  @Override
  boolean expectsReply() {
    return true;
  }

  @Override
  void receiveResult(XdrReader in) {
    T value = call.result().read(in);
    in.finish();
    release();
    if (!settle()) {
      return;
    }
    if (value == null) {
      sink.success();
    } else {
      sink.success(value);
    }
  }

  /** Nothing to say to the daemon: the reply is awaited and dropped. */
  @Override
  void abandoned() {}

  @Override
  void signalError(Throwable error) {
    sink.error(error);
  }
}
