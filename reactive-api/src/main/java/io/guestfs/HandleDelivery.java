package io.guestfs;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Hands a launched handle to its subscriber, on the scheduler of the user if there is one, and
 * closes it instead when the subscriber has cancelled by then; the machine would stay otherwise. A
 * cancel that comes from another thread while the handle is being signalled counts too: whoever
 * sent it did not know of the handle.
 */
final class HandleDelivery extends MonoOperator<Guestfs, Guestfs> {

  private final Scheduler scheduler;

  HandleDelivery(Mono<? extends Guestfs> source, @Nullable Scheduler scheduler) {
    super(source);
    this.scheduler = scheduler == null ? Schedulers.immediate() : scheduler;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Guestfs> actual) {
    source.subscribe(new Delivery(actual, scheduler));
  }

  private enum State {
    OPEN,
    DELIVERED,
    CANCELLED
  }

  private static final class Delivery implements CoreSubscriber<Guestfs>, Subscription {

    private final CoreSubscriber<? super Guestfs> actual;
    private final Scheduler scheduler;

    /** A {@link State}, or while the handle is being signalled the thread that does it. */
    private final AtomicReference<Object> state = new AtomicReference<>(State.OPEN);

    private @Nullable Subscription upstream;
    private @Nullable Guestfs launched;

    Delivery(CoreSubscriber<? super Guestfs> actual, Scheduler scheduler) {
      this.actual = actual;
      this.scheduler = scheduler;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstream = subscription;
      actual.onSubscribe(this);
    }

    @Override
    public void onNext(Guestfs handle) {
      launched = handle;
    }

    @Override
    public void onComplete() {
      Guestfs handle = launched;
      if (handle == null) {
        return;
      }
      try {
        scheduler.schedule(() -> deliver(handle));
      } catch (RejectedExecutionException e) {
        close(handle);
        actual.onError(e);
      }
    }

    @Override
    public void onError(Throwable error) {
      try {
        scheduler.schedule(() -> actual.onError(error));
      } catch (RejectedExecutionException e) {
        error.addSuppressed(e);
        actual.onError(error);
      }
    }

    private void deliver(Guestfs handle) {
      Thread delivering = Thread.currentThread();
      if (state.compareAndSet(State.OPEN, delivering)) {
        actual.onNext(handle);
        if (state.compareAndSet(delivering, State.DELIVERED)) {
          actual.onComplete();
          return;
        }
      }
      close(handle);
    }

    private static void close(Guestfs handle) {
      handle.close().subscribe(null, error -> {});
    }

    @Override
    public void request(long n) {
      if (upstream != null) {
        upstream.request(n);
      }
    }

    @Override
    public void cancel() {
      Object seen = state.get();
      if (seen == State.OPEN || (seen instanceof Thread && seen != Thread.currentThread())) {
        // When it fails the other thread has got further: the handle is the subscriber's.
        state.compareAndSet(seen, State.CANCELLED);
      }
      if (upstream != null) {
        upstream.cancel();
      }
    }

    @Override
    public Context currentContext() {
      return actual.currentContext();
    }
  }
}
