package io.guestfs;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;

/**
 * The event loops that handles run on. Any number of handles share them; one handle stays on one
 * loop. Their threads are daemons, and blocking on them is refused.
 */
public final class GuestfsResources implements Disposable {

  /** More loops than this are of no use: what takes time happens in the appliances. */
  private static final int DEFAULT_LOOPS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private static final int SHUTDOWN_SECONDS = 5;

  private final EventLoopGroup loops;

  private GuestfsResources(int eventLoops) {
    AtomicInteger threads = new AtomicInteger();
    this.loops =
        new MultiThreadIoEventLoopGroup(
            eventLoops,
            (ThreadFactory)
                task -> new EventLoopThread(task, "guestfs-" + threads.incrementAndGet()),
            EpollIoHandler.newFactory());
  }

  /**
   * The event loops that are used when the builder names none. Made when they are first needed, and
   * never disposed of.
   *
   * @return the same every time
   */
  public static GuestfsResources shared() {
    return Shared.INSTANCE;
  }

  /**
   * Makes event loops of one's own.
   *
   * @param eventLoops how many threads, at least 1
   * @return to be disposed of after the last handle that uses it was closed
   */
  public static GuestfsResources create(int eventLoops) {
    return new GuestfsResources(eventLoops);
  }

  /** Ends the threads. Handles that still use them fail all their calls. */
  @Override
  public void dispose() {
    if (this != Shared.INSTANCE) {
      Future<?> unused = loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }
  }

  /**
   * Ends the threads.
   *
   * @return as {@link #dispose}, upon subscription; completes when the threads have ended
   */
  public Mono<Void> disposeLater() {
    return Mono.create(
        sink -> {
          dispose();
          if (this == Shared.INSTANCE) {
            sink.success();
          } else {
            Future<?> unused = loops.terminationFuture().addListener(ended -> sink.success());
          }
        });
  }

  @Override
  public boolean isDisposed() {
    return loops.isShuttingDown();
  }

  /** The loop for the next handle. */
  EventLoop next() {
    return loops.next();
  }

  private static final class Shared {
    static final GuestfsResources INSTANCE = new GuestfsResources(DEFAULT_LOOPS);
  }

  /** Reactor refuses to block on it. */
  private static final class EventLoopThread extends FastThreadLocalThread implements NonBlocking {

    EventLoopThread(Runnable task, String name) {
      super(task, name);
      setDaemon(true);
    }
  }
}
