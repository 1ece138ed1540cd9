package io.guestfs.appliance.qemu;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Copies a console to the standard output of this process, line by line, from a thread that may
 * wait for it. A guest does not wait: when the output takes nothing for long, it loses the oldest
 * of the lines that have gathered.
 */
public final class DirectConsole {

  /** How long what was said last may take to the output, and to here. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private DirectConsole() {}

  /**
   * Begins to copy.
   *
   * @param console what to copy, from its first line
   * @return completes when the last line is there, or when it takes too long; cancelling it does
   *     not end the copy
   */
  public static Mono<Void> show(Console console) {
    Mono<Void> shown =
        console
            .lines()
            .publishOn(Schedulers.boundedElastic())
            .doOnNext(line -> System.out.println(line))
            .then()
            .cache();
    shown.subscribe();
    return shown.timeout(LAST_WORDS, Mono.empty());
  }
}
