package io.guestfs;

import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Makes an exchange on a connection of every subscription. */
final class ConnectionInvoker implements CallInvoker {

  /** Buffers that may wait for the scheduler of the user; each can hold what one read brought. */
  private static final int BUFFERS_AHEAD = 4;

  private final Connection connection;
  private final @Nullable Scheduler signalScheduler;

  /**
   * Makes an invoker.
   *
   * @param signalScheduler where signals are to arrive; null for the event loop
   */
  ConnectionInvoker(Connection connection, @Nullable Scheduler signalScheduler) {
    this.connection = connection;
    this.signalScheduler = signalScheduler;
  }

  @Override
  public <T> Mono<T> call(
      CallDescriptor<T> call, @Nullable OptionValues options, @Nullable Object[] arguments) {
    return signal(
        Mono.create(
            sink -> {
              Exchange exchange = new PlainExchange<>(connection, call, options, arguments, sink);
              connection.submit(exchange);
              sink.onCancel(() -> connection.execute(exchange::cancel));
            }));
  }

  @Override
  public <T> Flux<T> list(
      CallDescriptor<List<T>> call, @Nullable OptionValues options, @Nullable Object[] arguments) {
    return call(call, options, arguments).flatMapIterable(list -> list);
  }

  @Override
  public Mono<Void> upload(
      CallDescriptor<Void> call,
      @Nullable OptionValues options,
      Publisher<ByteBuffer> content,
      @Nullable Object[] arguments) {
    return signal(
        Mono.create(
            sink -> {
              Exchange exchange =
                  new UploadExchange(connection, call, options, content, arguments, sink);
              connection.submit(exchange);
              sink.onCancel(() -> connection.execute(exchange::cancel));
            }));
  }

  @Override
  public Flux<ByteBuffer> download(
      CallDescriptor<Void> call, @Nullable OptionValues options, @Nullable Object[] arguments) {
    // The exchange signals no more than was asked for, so the sink never has to hold anything.
    Flux<ByteBuffer> content =
        Flux.create(
            sink -> {
              DownloadExchange exchange =
                  new DownloadExchange(connection, call, options, arguments, sink);
              connection.submit(exchange);
              sink.onRequest(n -> connection.execute(exchange::requested));
              sink.onCancel(() -> connection.execute(exchange::cancel));
            },
            FluxSink.OverflowStrategy.BUFFER);
    return signalScheduler == null ? content : content.publishOn(signalScheduler, BUFFERS_AHEAD);
  }

  /** Whether the daemon has a procedure. */
  Mono<Boolean> probe(CallDescriptor<?> call) {
    return signal(
        Mono.create(
            sink -> {
              Exchange exchange = new ProbeExchange(connection, call, sink);
              connection.submit(exchange);
              sink.onCancel(() -> connection.execute(exchange::cancel));
            }));
  }

  private <T> Mono<T> signal(Mono<T> result) {
    return signalScheduler == null ? result : result.publishOn(signalScheduler);
  }
}
