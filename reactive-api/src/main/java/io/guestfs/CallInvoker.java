package io.guestfs;

import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes calls of descriptors; the generated stubs are written against it. Each subscription is one
 * call, and nothing happens before.
 */
interface CallInvoker {

  /** A call with one result, or none. */
  <T> Mono<T> call(
      CallDescriptor<T> call, @Nullable OptionValues options, @Nullable Object[] arguments);

  /**
   * A call that gives a list. It has come whole, and the handle is free for another call, before
   * the first item is signalled.
   */
  <T> Flux<T> list(
      CallDescriptor<List<T>> call, @Nullable OptionValues options, @Nullable Object[] arguments);

  /** A call that takes content. */
  Mono<Void> upload(
      CallDescriptor<Void> call,
      @Nullable OptionValues options,
      Publisher<ByteBuffer> content,
      @Nullable Object[] arguments);

  /** A call that gives content. */
  Flux<ByteBuffer> download(
      CallDescriptor<Void> call, @Nullable OptionValues options, @Nullable Object[] arguments);
}
