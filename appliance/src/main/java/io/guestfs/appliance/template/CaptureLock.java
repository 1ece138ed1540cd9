package io.guestfs.appliance.template;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Held by the one, of all processes, that makes a template. The system gives it back when its
 * holder dies.
 */
public final class CaptureLock {

  /** To open the file again in the process that has locked it would give up the lock (POSIX). */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private static final Duration RETRY = Duration.ofMillis(50);

  private final Path file;
  private @Nullable FileChannel channel;
  private boolean released;

  CaptureLock(Path file) {
    this.file = file;
  }

  /**
   * Waits for the lock.
   *
   * @return completes when it is held; when it is released meanwhile, never
   */
  public Mono<Void> acquire() {
    return tryAcquire()
        .filter(held -> held)
        .repeatWhenEmpty(empty -> empty.delayElements(RETRY))
        .then();
  }

  /**
   * Takes the lock if nobody has it.
   *
   * @return whether it is held now
   */
  public Mono<Boolean> tryAcquire() {
    return Mono.fromCallable(this::attempt).subscribeOn(Schedulers.boundedElastic());
  }

  private synchronized boolean attempt() {
    if (released || channel != null) {
      return channel != null;
    }
    if (!HELD_HERE.add(file)) {
      return false;
    }
    try {
      FileChannel opened =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = opened.tryLock();
      if (lock != null) {
        channel = opened;
        return true;
      }
      opened.close();
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw new TemplateException(file + " cannot be locked: " + e, e);
    }
    HELD_HERE.remove(file);
    return false;
  }

  /**
   * Gives the lock back, held or not.
   *
   * @return completes when others can have it
   */
  public Mono<Void> release() {
    return Mono.<Void>fromRunnable(this::giveBack).subscribeOn(Schedulers.boundedElastic());
  }

  private synchronized void giveBack() {
    released = true;
    FileChannel held = channel;
    if (held == null) {
      return;
    }
    channel = null;
    try {
      held.close();
    } catch (IOException e) {
      throw new TemplateException(file + " cannot be unlocked: " + e, e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
