package io.guestfs;

import io.guestfs.appliance.ApplianceLaunchException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolBuilder;
import reactor.pool.PoolShutdownException;
import reactor.pool.PooledRef;
import reactor.util.retry.Retry;

/**
 * Keeps appliances up that wait for their disks, so that a handle is there as soon as they are
 * plugged in. Nobody's disk is in an appliance that waits. Each is given to one user, and ends with
 * that user's handle; another takes its place.
 *
 * <p>The pool begins to fill with its first subscriber, of {@link #warmUp} or {@link #acquire}. An
 * appliance that dies while it waits is replaced; one that is dead is never handed out. When more
 * are asked for than wait, they are launched, as many at a time as the pool keeps, and whoever
 * asked gets one when it is up. The pool does not bound how many are in use: their users do.
 *
 * <p>Appliances wait that were launched from a template, or that have booted where templates cannot
 * be used. A fixed appliance of libguestfs cannot wait, since it must be given its disks before it
 * boots: with one, every acquisition fails with {@link LaunchException}.
 */
public final class GuestfsPool {

  /** Acquisitions that may wait unless {@link Builder#maxPending} says otherwise. */
  public static final int DEFAULT_MAX_PENDING = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(GuestfsPool.class);

  /** How soon what has died is replaced. */
  private static final Duration UPKEEP = Duration.ofSeconds(5);

  private static final Duration MOMENT = Duration.ofMillis(1);

  /** How often another machine is taken in place of one that died on its way to the user. */
  private static final int REPLACEMENTS = 2;

  private final GuestfsBuilder machine;
  private final Duration upkeepInterval;
  private final InstrumentedPool<PooledMachine> pool;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Disposable.Swap upkeep = Disposables.swap();
  private final Disposable.Swap observed = Disposables.swap();
  private final Sinks.Empty<Void> closing = Sinks.empty();
  private final Mono<Void> close = Mono.defer(this::shutDown).cache();

  private GuestfsPool(Builder builder) {
    this.machine = builder.machine;
    this.upkeepInterval = builder.upkeep;
    this.pool =
        PoolBuilder.from(Mono.defer(this::launch))
            .sizeBetween(builder.size, builder.size, builder.size)
            .maxPendingAcquire(builder.maxPending)
            .evictionPredicate((waiting, metadata) -> waiting.isGone())
            .evictInBackground(builder.upkeep)
            .destroyHandler(waiting -> waiting.isTaken() ? Mono.empty() : waiting.stop())
            .buildPool();
  }

  /**
   * Starts the description of a pool.
   *
   * @param machine what the appliances are; without drives
   * @return a builder
   */
  public static Builder builder(GuestfsBuilder machine) {
    return new Builder(machine);
  }

  /**
   * Fills the pool.
   *
   * @return completes when the appliances that were missing, and not on their way already, wait; an
   *     error when one cannot be launched
   */
  public Mono<Void> warmUp() {
    return Mono.defer(
        () -> {
          start();
          return pool.warmup().doFinally(signal -> serve()).then();
        });
  }

  /**
   * Gets a handle of one's own.
   *
   * @param disks adds the drives, and sets how the handle behaves; what the machine is cannot be
   *     changed any more
   * @return each subscription takes an appliance; the handle, which is to be closed, and whose
   *     appliance ends then. {@link LaunchException} when a drive cannot be used, an appliance
   *     cannot be launched, too many wait already, or the pool is closed. Cancelling stops the
   *     appliance, as with {@link GuestfsBuilder#launch}
   */
  public Mono<Guestfs> acquire(UnaryOperator<GuestfsBuilder> disks) {
    return Mono.defer(
            () -> {
              start();
              return use(disks.apply(machine).toLaunch());
            })
        .retryWhen(Retry.max(REPLACEMENTS).filter(GuestfsPool::isDeath))
        .onErrorMap(Exceptions::isRetryExhausted, Throwable::getCause);
  }

  /**
   * Gets a handle, does something with it, and closes it, whatever comes of it.
   *
   * @param <T> what comes out of it
   * @param disks as for {@link #acquire}
   * @param work what to do
   * @return as {@link GuestfsBuilder#using}
   */
  public <T> Flux<T> using(
      UnaryOperator<GuestfsBuilder> disks,
      Function<? super Guestfs, ? extends Publisher<? extends T>> work) {
    return Lease.using(acquire(disks), work);
  }

  /**
   * As {@link #using}, for one result at most.
   *
   * @param <T> what comes out of it
   * @param disks as for {@link #acquire}
   * @param work what to do
   * @return as {@link GuestfsBuilder#usingMono}
   */
  public <T> Mono<T> usingMono(
      UnaryOperator<GuestfsBuilder> disks,
      Function<? super Guestfs, ? extends Mono<? extends T>> work) {
    return Lease.usingMono(acquire(disks), work);
  }

  /**
   * How many appliances wait for their disks.
   *
   * @return the number at this moment
   */
  public int waiting() {
    return pool.metrics().idleSize();
  }

  /**
   * How many acquisitions wait for an appliance.
   *
   * @return the number at this moment
   */
  public int pending() {
    return pool.metrics().pendingAcquireSize();
  }

  /**
   * Closes the pool: stops the appliances that wait or are on their way, and fails acquisitions.
   * Handles that were acquired stay their users'.
   *
   * @return completes when the appliances that waited have been stopped. One close for all
   *     subscribers; cancelling does not take it back
   */
  public Mono<Void> close() {
    return close;
  }

  private Mono<Void> shutDown() {
    upkeep.dispose();
    observed.dispose();
    closing.tryEmitEmpty();
    return pool.disposeLater();
  }

  /** A launch that the end of the pool overtakes leaves nothing behind. */
  private Mono<PooledMachine> launch() {
    return machine
        .toLaunch()
        .launchWaiting()
        .takeUntilOther(closing.asMono())
        .switchIfEmpty(Mono.error(GuestfsPool::closed));
  }

  private void start() {
    if (started.compareAndSet(false, true)) {
      observed.update(machine.toLaunch().instrumentation().poolOpened(this));
      upkeep.update(Flux.interval(upkeepInterval).subscribe(tick -> refill()));
    }
  }

  private void refill() {
    pool.warmup()
        .doFinally(signal -> serve())
        .subscribe(
            added -> {},
            e -> {
              // What was on its way when the pool was closed fails, and is no news.
              if (!upkeep.isDisposed()) {
                LOG.warn("the pool cannot be filled", e);
              }
            });
  }

  /**
   * Lets those be served who began to wait while the pool was being filled: it does not look at
   * them then, but at every acquisition.
   */
  private void serve() {
    if (pending() > 0) {
      pool.acquire(MOMENT).flatMap(PooledRef::release).subscribe(nothing -> {}, e -> {});
    }
  }

  /**
   * Another machine takes the place of one that was taken, but not before there is the handle: a
   * launch beside it would cost it half of its speed where there are two processors.
   */
  private Mono<Guestfs> use(Launch launch) {
    AtomicBoolean taken = new AtomicBoolean();
    return launch
        .use(take().doOnNext(waiting -> taken.set(true)))
        .doFinally(
            signal -> {
              if (taken.get()) {
                refill();
              }
            });
  }

  private Mono<PooledMachine> take() {
    return pool.acquire().map(GuestfsPool::take).onErrorMap(GuestfsPool::refusal);
  }

  /** What is taken out of the pool is none of its business any more. */
  private static PooledMachine take(PooledRef<PooledMachine> reference) {
    PooledMachine taken = reference.poolable();
    taken.take();
    reference.invalidate().subscribe(nothing -> {}, e -> LOG.warn("{}", taken, e));
    return taken;
  }

  private static boolean isDeath(Throwable error) {
    return error instanceof LaunchException
        && error.getCause() instanceof ApplianceLaunchException death
        && death.exit() != null;
  }

  private static Throwable refusal(Throwable error) {
    if (error instanceof PoolShutdownException) {
      return closed();
    }
    return error instanceof PoolAcquirePendingLimitException
        ? new LaunchException("too many wait for an appliance of the pool", List.of(), error)
        : error;
  }

  private static LaunchException closed() {
    return new LaunchException("the pool is closed", List.of(), null);
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {

    private final GuestfsBuilder machine;
    private int size = 1;
    private int maxPending = DEFAULT_MAX_PENDING;
    private Duration upkeep = UPKEEP;

    private Builder(GuestfsBuilder machine) {
      this.machine = machine;
    }

    /**
     * Sets how many appliances wait.
     *
     * @param appliances at least 1, which it is unless set; each takes the memory of an idle handle
     * @return this
     */
    public Builder size(int appliances) {
      if (appliances < 1) {
        throw new IllegalArgumentException("a pool of " + appliances + " keeps nothing");
      }
      this.size = appliances;
      return this;
    }

    /**
     * Bounds the acquisitions that may wait for an appliance; further ones fail.
     *
     * @param acquisitions {@value GuestfsPool#DEFAULT_MAX_PENDING} unless set
     * @return this
     */
    public Builder maxPending(int acquisitions) {
      this.maxPending = acquisitions;
      return this;
    }

    /** For tests: looks more often for those that have died. */
    Builder upkeep(Duration interval) {
      this.upkeep = interval;
      return this;
    }

    /**
     * Makes the pool, which is to be closed.
     *
     * @return a pool that is empty yet
     */
    public GuestfsPool build() {
      return new GuestfsPool(this);
    }
  }
}
