package io.guestfs;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.context.ContextView;

/** Keeps what an instrumentation throws away from what it is told of. */
final class GuardedInstrumentation implements GuestfsInstrumentation {

  /** What is used unless there is another. It costs nothing: it gives the same objects always. */
  static final GuestfsInstrumentation NONE = new GuestfsInstrumentation() {};

  private static final Logger LOG = LoggerFactory.getLogger(GuardedInstrumentation.class);

  private final GuestfsInstrumentation guarded;

  GuardedInstrumentation(GuestfsInstrumentation guarded) {
    this.guarded = guarded;
  }

  @Override
  public Call callStarted(String name, ContextView context) {
    return new GuardedCall(get(() -> guarded.callStarted(name, context), Call.IGNORED));
  }

  @Override
  public Launch launchStarted(ContextView context) {
    return new GuardedLaunch(get(() -> guarded.launchStarted(context), Launch.IGNORED));
  }

  @Override
  public Disposable handleOpened() {
    return guarded(get(guarded::handleOpened, Disposables.disposed()));
  }

  @Override
  public Disposable poolOpened(GuestfsPool pool) {
    return guarded(get(() -> guarded.poolOpened(pool), Disposables.disposed()));
  }

  private static Disposable guarded(Disposable disposable) {
    return () -> run(disposable::dispose);
  }

  private static <T> T get(Supplier<T> started, T otherwise) {
    try {
      return started.get();
    } catch (RuntimeException e) {
      warn(e);
      return otherwise;
    }
  }

  private static void run(Runnable report) {
    try {
      report.run();
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  private static void warn(RuntimeException e) {
    LOG.warn("The instrumentation failed", e);
  }

  private static class GuardedOperation<T extends Operation> implements Operation {

    final T guarded;

    GuardedOperation(T guarded) {
      this.guarded = guarded;
    }

    @Override
    public void succeeded() {
      run(guarded::succeeded);
    }

    @Override
    public void failed(Throwable error) {
      run(() -> guarded.failed(error));
    }

    @Override
    public void cancelled() {
      run(guarded::cancelled);
    }
  }

  private static final class GuardedCall extends GuardedOperation<Call> implements Call {

    GuardedCall(Call guarded) {
      super(guarded);
    }

    @Override
    public void sent() {
      run(guarded::sent);
    }

    @Override
    public void contentSent(int bytes) {
      run(() -> guarded.contentSent(bytes));
    }

    @Override
    public void contentReceived(int bytes) {
      run(() -> guarded.contentReceived(bytes));
    }
  }

  private static final class GuardedLaunch extends GuardedOperation<Launch> implements Launch {

    GuardedLaunch(Launch guarded) {
      super(guarded);
    }

    @Override
    public void startingFrom(LaunchSource source) {
      run(() -> guarded.startingFrom(source));
    }
  }
}
