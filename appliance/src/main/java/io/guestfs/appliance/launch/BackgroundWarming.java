package io.guestfs.appliance.launch;

import io.guestfs.appliance.ApplianceEvent.Warning;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Warms templates while launches go on from what there is. It belongs to none of them: it has an
 * event loop of its own, goes on when their handles close, and ends with the JVM, as every machine
 * does.
 */
final class BackgroundWarming {

  /** For the whole JVM, so that one template at a time is warmed in it. */
  static final BackgroundWarming SHARED = new BackgroundWarming();

  /** Behind everything else that a busy host does, it may take long. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final int SHUTDOWN_SECONDS = 5;

  /** What goes on, or null. */
  private final AtomicReference<Sinks.@Nullable Empty<Void>> current = new AtomicReference<>();

  BackgroundWarming() {}

  /** Begins, unless there is something to do already; whoever launches next asks again. */
  void begin(LaunchRequest request) {
    Sinks.Empty<Void> ended = Sinks.empty();
    if (!current.compareAndSet(null, ended)) {
      return;
    }
    Mono.usingWhen(
            Mono.fromSupplier(BackgroundWarming::newLoop),
            loop -> new Templates(request).warmUnlessBusy(request.apart(loop.next(), LIMIT)),
            BackgroundWarming::shutdown)
        .then()
        .subscribeOn(Schedulers.boundedElastic())
        .doFinally(
            signal -> {
              current.set(null);
              ended.tryEmitEmpty();
            })
        .subscribe(
            null,
            e ->
                request
                    .events()
                    .publish(new Warning("the template stays slow: " + e.getMessage())));
  }

  /** Completes when nothing goes on of what has begun. */
  Mono<Void> idle() {
    return Mono.defer(
        () -> {
          Sinks.Empty<Void> ended = current.get();
          return ended == null ? Mono.empty() : ended.asMono();
        });
  }

  /** Its thread does not keep the JVM. */
  private static EventLoopGroup newLoop() {
    return new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory("guestfs-warming", true), EpollIoHandler.newFactory());
  }

  private static Mono<Void> shutdown(EventLoopGroup loop) {
    return Mono.create(
        sink -> {
          Future<?> unused =
              loop.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                  .addListener(ended -> sink.success());
        });
  }
}
