package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Subscribes and writes down what comes, on whatever thread it comes. */
final class Recorder<T> extends BaseSubscriber<T> {

  private final long initialRequest;
  private final List<T> values = new ArrayList<>();
  private @Nullable Throwable error;
  private boolean complete;

  private Recorder(long initialRequest) {
    this.initialRequest = initialRequest;
  }

  static <T> Recorder<T> of(Publisher<? extends T> publisher) {
    return of(publisher, Long.MAX_VALUE);
  }

  static <T> Recorder<T> of(Publisher<? extends T> publisher, long initialRequest) {
    Recorder<T> recorder = new Recorder<>(initialRequest);
    Flux.from(publisher).subscribe(recorder);
    return recorder;
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    if (initialRequest > 0) {
      request(initialRequest);
    }
  }

  @Override
  protected void hookOnNext(T value) {
    assertNotTerminated();
    values.add(value);
  }

  @Override
  protected void hookOnComplete() {
    assertNotTerminated();
    complete = true;
  }

  @Override
  protected void hookOnError(Throwable failure) {
    assertNotTerminated();
    error = failure;
  }

  private void assertNotTerminated() {
    assertThat(complete || error != null).as("a signal after the last one").isFalse();
  }

  List<T> values() {
    return values;
  }

  @Nullable Throwable error() {
    return error;
  }

  void assertNothingYet() {
    assertThat(values).isEmpty();
    assertThat(complete).isFalse();
    assertThat(error).isNull();
  }

  void assertComplete() {
    assertThat(error).isNull();
    assertThat(complete).as("complete").isTrue();
  }

  <E extends Throwable> E assertError(Class<E> type) {
    assertThat(error).isInstanceOf(type);
    return Objects.requireNonNull(type.cast(error));
  }
}
