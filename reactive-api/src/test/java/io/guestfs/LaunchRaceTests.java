package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Launches that are cancelled at any moment. Whoever wins, no machine stays. */
@Timeout(120)
class LaunchRaceTests {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ROUNDS = Boolean.getBoolean("guestfs.long") ? 20_000 : 1_000;
  private static final int FIRST_DELAY_MICROS = 1500;

  private final LoopbackLauncher launcher = new LoopbackLauncher();
  private final GuestfsBuilder builder = Guestfs.builder().launcher(launcher);

  @AfterEach
  void close() throws IOException {
    launcher.close();
  }

  @Test
  void aLaunchThatIsCancelledLeavesNoMachine() throws InterruptedException {
    long seed = Long.getLong("guestfs.seed", System.nanoTime());
    Random random = new Random(seed);
    AtomicInteger delivered = new AtomicInteger();
    int longest = FIRST_DELAY_MICROS;
    for (int round = 0; round < ROUNDS; round++) {
      int before = delivered.get();
      boolean elastic = random.nextBoolean();
      GuestfsBuilder some = elastic ? builder.signalsOn(Schedulers.parallel()) : builder;
      // Not a lambda: that subscriber may drop the handle when it is disposed of at that moment.
      BaseSubscriber<Guestfs> launch =
          new BaseSubscriber<>() {
            @Override
            protected void hookOnNext(Guestfs g) {
              delivered.incrementAndGet();
              g.close().subscribe();
            }
          };
      some.launch().subscribe(launch);
      Mono.delay(delay(random, longest)).doOnNext(tick -> launch.dispose()).block(PATIENCE);
      longest = closer(longest, delivered.get() > before);
    }
    launcher.awaitAllStopped(PATIENCE, "seed " + seed);
    launcher.assertNothingLeaked();
    assertThat(delivered.get()).as("launches that won").isBetween(1, ROUNDS - 1);
  }

  @Test
  void aScopeThatIsCancelledLeavesNoMachine() throws InterruptedException {
    long seed = Long.getLong("guestfs.seed", System.nanoTime());
    Random random = new Random(seed);
    int longest = FIRST_DELAY_MICROS;
    for (int round = 0; round < ROUNDS; round++) {
      AtomicBoolean finished = new AtomicBoolean();
      builder
          .using(g -> g.download("/bytes/100000"))
          .doOnComplete(() -> finished.set(true))
          .takeUntilOther(Mono.delay(delay(random, longest)))
          .blockLast(PATIENCE);
      longest = closer(longest, finished.get());
    }
    launcher.awaitAllStopped(PATIENCE, "seed " + seed);
    launcher.assertNothingLeaked();
  }

  private static Duration delay(Random random, int longestMicros) {
    return Duration.ofNanos(1000L * random.nextInt(longestMicros));
  }

  /** Moves the cancellations to where they and what they race with win equally often. */
  private static int closer(int longestMicros, boolean late) {
    int step = 1 + longestMicros / 8;
    return Math.max(1, late ? longestMicros - step : longestMicros + step);
  }
}
