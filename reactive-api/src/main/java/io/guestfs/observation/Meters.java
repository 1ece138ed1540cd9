package io.guestfs.observation;

import io.guestfs.GuestfsPool;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import reactor.core.Disposable;

/** The meters of {@link GuestfsMeter} in one registry. */
final class Meters {

  private final Clock clock;
  private final MeterProvider<Timer> calls;
  private final MeterProvider<Timer> queue;
  private final MeterProvider<LongTaskTimer> pending;
  private final MeterProvider<Counter> sent;
  private final MeterProvider<Counter> received;
  private final MeterProvider<Timer> launches;
  private final LongTaskTimer handles;
  private final Set<GuestfsPool> pools = ConcurrentHashMap.newKeySet();

  Meters(MeterRegistry registry) {
    clock = registry.config().clock();
    calls = timer(registry, GuestfsMeter.CALLS);
    queue = timer(registry, GuestfsMeter.CALLS_QUEUE);
    pending = longTaskTimer(GuestfsMeter.CALLS_PENDING).withRegistry(registry);
    sent = counter(registry, GuestfsMeter.CONTENT_SENT);
    received = counter(registry, GuestfsMeter.CONTENT_RECEIVED);
    launches = timer(registry, GuestfsMeter.LAUNCHES);
    handles = longTaskTimer(GuestfsMeter.HANDLES_OPEN).register(registry);
    gauge(registry, GuestfsMeter.POOL_WAITING, GuestfsPool::waiting);
    gauge(registry, GuestfsMeter.POOL_PENDING, GuestfsPool::pending);
  }

  /** A moment to measure from, in nanoseconds. */
  long now() {
    return clock.monotonicTime();
  }

  void callEnded(String call, Outcome outcome, long start) {
    calls
        .withTags(tags(GuestfsMeter.CALLS, call, outcome.name(), outcome.errno(), outcome.error()))
        .record(now() - start, TimeUnit.NANOSECONDS);
  }

  void callSent(String call, long start) {
    queue
        .withTags(tags(GuestfsMeter.CALLS_QUEUE, call))
        .record(now() - start, TimeUnit.NANOSECONDS);
  }

  LongTaskTimer.Sample callPending(String call) {
    return pending.withTags(tags(GuestfsMeter.CALLS_PENDING, call)).start();
  }

  Counter contentSent(String call) {
    return sent.withTags(tags(GuestfsMeter.CONTENT_SENT, call));
  }

  Counter contentReceived(String call) {
    return received.withTags(tags(GuestfsMeter.CONTENT_RECEIVED, call));
  }

  void launchEnded(String source, Outcome outcome, long start) {
    launches
        .withTags(tags(GuestfsMeter.LAUNCHES, source, outcome.name(), outcome.error()))
        .record(now() - start, TimeUnit.NANOSECONDS);
  }

  Disposable handleOpened() {
    LongTaskTimer.Sample open = handles.start();
    return open::stop;
  }

  Disposable poolOpened(GuestfsPool pool) {
    pools.add(pool);
    return () -> pools.remove(pool);
  }

  private void gauge(MeterRegistry registry, GuestfsMeter meter, ToIntFunction<GuestfsPool> size) {
    Gauge.builder(meter.key(), pools, all -> all.stream().mapToInt(size).sum())
        .description(meter.description())
        .strongReference(true)
        .register(registry);
  }

  private static MeterProvider<Timer> timer(MeterRegistry registry, GuestfsMeter meter) {
    return Timer.builder(meter.key()).description(meter.description()).withRegistry(registry);
  }

  private static LongTaskTimer.Builder longTaskTimer(GuestfsMeter meter) {
    return LongTaskTimer.builder(meter.key()).description(meter.description());
  }

  private static MeterProvider<Counter> counter(MeterRegistry registry, GuestfsMeter meter) {
    return Counter.builder(meter.key())
        .description(meter.description())
        .baseUnit(meter.kind().unit())
        .withRegistry(registry);
  }

  /** The values in the order of the meter's tags. */
  private static Tags tags(GuestfsMeter meter, String... values) {
    List<String> keys = meter.tagKeys();
    if (keys.size() != values.length) {
      throw new IllegalArgumentException(meter + " has the tags " + keys);
    }
    String[] pairs = new String[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      pairs[2 * i] = keys.get(i);
      pairs[2 * i + 1] = values[i];
    }
    return Tags.of(pairs);
  }
}
