package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.guestfs.protocol.frame.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Calls of all kinds that are cancelled at any moment, on real threads and a real socket. However a
 * race ends, the next call has to work.
 */
@Timeout(120)
class CancelRaceTests {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ROUNDS = Boolean.getBoolean("guestfs.long") ? 50_000 : 2_000;
  private static final int CALLS_AT_ONCE = 4;

  /** Long enough for a call to end sometimes before its cancel, and sometimes after. */
  private static final int LONGEST_DELAY_MICROS = 400;

  private static final int LARGEST_FILE = 200_000;
  private static final int PIECE = 10_000;

  /** What a source says after it was cancelled has nowhere to go. */
  @BeforeEach
  void onlyErrorsOfSourcesAreDropped() {
    Hooks.onErrorDropped(error -> assertThat(error).hasMessage("source"));
  }

  @AfterEach
  void reset() {
    Hooks.resetOnErrorDropped();
  }

  static Stream<Limits> peers() {
    return Stream.of(Limits.BASE, Limits.LARGEST);
  }

  @ParameterizedTest
  @MethodSource("peers")
  void whateverIsCancelledTheNextCallWorks(Limits limits) throws Exception {
    try (LoopbackLauncher launcher = new LoopbackLauncher(limits)) {
      Guestfs g =
          Objects.requireNonNull(Guestfs.builder().launcher(launcher).launch().block(PATIENCE));
      race(g);
      g.close().block(PATIENCE);
      launcher.assertNothingLeaked();
    }
  }

  private static void race(Guestfs g) {
    long seed = Long.getLong("guestfs.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Mono<Void>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS_AT_ONCE; i++) {
        calls.add(cancelledAtSomeTime(call(g, random), random));
      }
      String where = "seed %d, round %d".formatted(seed, round);
      assertThatCode(() -> Flux.merge(calls).blockLast(PATIENCE))
          .as(where)
          .doesNotThrowAnyException();
      assertThatCode(() -> g.pingDaemon().block(PATIENCE)).as(where).doesNotThrowAnyException();
    }
  }

  private static Flux<?> call(Guestfs g, Random random) {
    int size = random.nextInt(LARGEST_FILE);
    return switch (random.nextInt(7)) {
      case 0 -> g.touch("/a").flux();
      case 1 -> g.touch("/fail").onErrorComplete(CallFailedException.class).flux();
      case 2 -> g.download("/bytes/" + size).limitRate(1 + random.nextInt(4));
      case 3 -> g.download("/bytes/" + size).take(1 + random.nextInt(3));
      case 4 -> g.upload(source(random, size), "/a").flux();
      case 5 ->
          g.upload(source(random, size).concatWith(Flux.error(new IOException("source"))), "/a")
              .onErrorComplete(IOException.class)
              .flux();
      default ->
          g.upload(source(random, size), "/refuse/" + (1 + random.nextInt(2 * LARGEST_FILE)))
              .onErrorComplete(CallFailedException.class)
              .flux();
    };
  }

  private static Flux<ByteBuffer> source(Random random, int size) {
    Flux<ByteBuffer> content =
        Flux.range(0, 1 + size / PIECE).map(i -> LoopbackDaemon.content(i * PIECE, PIECE));
    return random.nextBoolean() ? content : content.publishOn(Schedulers.parallel());
  }

  private static Mono<Void> cancelledAtSomeTime(Flux<?> call, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> call.then();
      case 1 -> call.takeUntilOther(Mono.empty()).then();
      default ->
          call.takeUntilOther(
                  Mono.delay(Duration.ofNanos(1000L * random.nextInt(LONGEST_DELAY_MICROS))))
              .then();
    };
  }
}
