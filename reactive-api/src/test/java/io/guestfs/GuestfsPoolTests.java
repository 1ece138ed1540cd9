package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@Timeout(120)
class GuestfsPoolTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final UnaryOperator<GuestfsBuilder> NO_DISKS = UnaryOperator.identity();

  private final LoopbackLauncher launcher = new LoopbackLauncher();
  private final GuestfsBuilder machine = Guestfs.builder().launcher(launcher);

  @AfterEach
  void nothingIsLeft() throws IOException, InterruptedException {
    launcher.awaitAllStopped(PATIENCE, "the pool");
    launcher.assertNothingLeaked();
    launcher.close();
  }

  private GuestfsPool pool(int size) {
    return GuestfsPool.builder(machine).size(size).build();
  }

  @Test
  void keepsWhatItIsToldTo() {
    GuestfsPool pool = pool(3);
    assertThat(launcher.launched).hasValue(0);
    pool.warmUp().block(PATIENCE);
    assertThat(pool.waiting()).isEqualTo(3);
    pool.warmUp().block(PATIENCE);
    assertThat(launcher.launched).hasValue(3);
    pool.close().block(PATIENCE);
    assertThat(launcher.stopped).hasValue(3);
    assertThat(pool.waiting()).isZero();
  }

  @Test
  void givesEachMachineToOneUserWithTheDisksOfThatUser() {
    GuestfsPool pool = pool(2);
    Set<String> images = new HashSet<>();
    List<String> used =
        get(
            Flux.range(0, 20)
                .flatMap(
                    i -> {
                      images.add("/disk" + i);
                      return pool.usingMono(
                          b -> b.addDrive(Path.of("/disk" + i)),
                          g -> g.pingDaemon().thenReturn("used"));
                    },
                    5)
                .collectList());
    assertThat(used).hasSize(20);
    await(() -> pool.waiting() == 2);
    pool.close().block(PATIENCE);
    List<List<Drive>> uses =
        launcher.waiting.stream().flatMap(machine -> machine.uses.stream()).toList();
    assertThat(uses).hasSize(20);
    assertThat(uses)
        .extracting(drives -> drives.get(0).source().toString())
        .containsExactlyInAnyOrderElementsOf(images);
    assertThat(launcher.waiting).allSatisfy(one -> assertThat(one.uses).hasSizeLessThan(2));
  }

  @Test
  void aMachineEndsWithItsHandleAndNotBefore() {
    GuestfsPool pool = pool(1);
    pool.warmUp().block(PATIENCE);
    Guestfs g = get(pool.acquire(NO_DISKS));
    pool.close().block(PATIENCE);
    g.pingDaemon().block(PATIENCE);
    g.close().block(PATIENCE);
    assertThat(launcher.stopped).hasValue(launcher.launched.get());
  }

  @Test
  void theNextMachineIsLaunchedWhenTheHandleIsThere() {
    GuestfsPool pool = pool(1);
    pool.warmUp().block(PATIENCE);
    Sinks.Empty<Void> plugged = Sinks.empty();
    FakeWaitingAppliance first = launcher.waiting.element();
    first.isPluggedWhen(plugged.asMono());
    Mono<Guestfs> handle = Mono.fromFuture(pool.acquire(NO_DISKS).toFuture());
    await(() -> !first.uses.isEmpty());
    assertThat(launcher.launched).hasValue(1);
    plugged.tryEmitEmpty();
    get(handle).close().block(PATIENCE);
    await(() -> pool.waiting() == 1);
    assertThat(launcher.launched).hasValue(2);
    pool.close().block(PATIENCE);
  }

  @Test
  void theNextMachineIsLaunchedWhenAnAcquisitionIsCancelled() {
    GuestfsPool pool = pool(1);
    pool.warmUp().block(PATIENCE);
    FakeWaitingAppliance first = launcher.waiting.element();
    first.isPluggedWhen(Mono.never());
    Disposable acquisition = pool.acquire(NO_DISKS).subscribe();
    await(() -> !first.uses.isEmpty());
    acquisition.dispose();
    await(() -> launcher.launched.get() == 2 && pool.waiting() == 1);
    pool.close().block(PATIENCE);
  }

  @Test
  void neverHandsOutOneThatIsDead() {
    GuestfsPool pool = pool(3);
    pool.warmUp().block(PATIENCE);
    launcher.waiting.forEach(FakeWaitingAppliance::die);
    Guestfs g = get(pool.acquire(NO_DISKS));
    g.pingDaemon().block(PATIENCE);
    g.close().block(PATIENCE);
    assertThat(launcher.waiting.stream().limit(3)).allSatisfy(o -> assertThat(o.uses).isEmpty());
    pool.close().block(PATIENCE);
  }

  @Test
  void takesAnotherForOneThatDiesOnTheWay() {
    GuestfsPool pool = pool(1);
    pool.warmUp().block(PATIENCE);
    FakeWaitingAppliance doomed = launcher.waiting.element();
    doomed.dieWhenUsed();
    Guestfs g = get(pool.acquire(NO_DISKS));
    g.pingDaemon().block(PATIENCE);
    g.close().block(PATIENCE);
    assertThat(doomed.uses).hasSize(1);
    pool.close().block(PATIENCE);
  }

  @Test
  void replacesThoseThatDieWhileTheyWait() {
    GuestfsPool pool = GuestfsPool.builder(machine).size(2).upkeep(Duration.ofMillis(50)).build();
    pool.warmUp().block(PATIENCE);
    launcher.waiting.forEach(FakeWaitingAppliance::die);
    await(() -> launcher.launched.get() == 4 && pool.waiting() == 2);
    pool.close().block(PATIENCE);
  }

  @Test
  void whatIsAcquiredCannotBeAnotherMachine() {
    GuestfsPool pool = pool(1);
    assertThatThrownBy(() -> get(pool.acquire(b -> b.memoryMegabytes(4096))))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("no other machine");
    Guestfs named = get(pool.acquire(b -> b.identifier("mine").addDriveScratch(1 << 20)));
    assertThat(get(named.getIdentifier())).isEqualTo("mine");
    named.close().block(PATIENCE);
    pool.close().block(PATIENCE);
  }

  @Test
  void eventsGoToWhoeverHasTheMachine() {
    Set<GuestfsEvent> events = ConcurrentHashMap.newKeySet();
    GuestfsPool pool = pool(1);
    Guestfs g = get(pool.acquire(b -> b.trace(true).listener(events::add)));
    g.pingDaemon().block(PATIENCE);
    g.close().block(PATIENCE);
    // Events have their own way through the event loop, and the last may come behind the close.
    await(() -> events.stream().anyMatch(GuestfsEvent.Closed.class::isInstance));
    pool.close().block(PATIENCE);
  }

  @Test
  void aClosedPoolGivesNothing() {
    GuestfsPool pool = pool(1);
    pool.close().block(PATIENCE);
    assertThatThrownBy(() -> get(pool.acquire(NO_DISKS)))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("the pool is closed");
    assertThat(launcher.launched).hasValue(0);
  }

  @Test
  void closingWhileItFillsLeavesNothing() {
    GuestfsPool pool = pool(5);
    Disposable filling = pool.warmUp().subscribe(nothing -> {}, e -> {});
    pool.close().block(PATIENCE);
    filling.dispose();
  }

  @Test
  void acquisitionsThatAreCancelledLeaveNothing() {
    GuestfsPool pool = pool(2);
    for (int i = 0; i < 50; i++) {
      Disposable acquisition =
          pool.using(NO_DISKS, g -> g.pingDaemon()).subscribe(nothing -> {}, e -> {});
      Mono.delay(Duration.ofNanos(i * 40_000L)).block(PATIENCE);
      acquisition.dispose();
    }
    pool.close().block(PATIENCE);
  }

  @Test
  void moreThanMayWaitAreRefused() {
    Sinks.Empty<Void> permission = Sinks.empty();
    launcher.permission = permission.asMono();
    GuestfsPool pool = GuestfsPool.builder(machine).size(1).maxPending(1).build();
    AtomicInteger refused = new AtomicInteger();
    Mono<List<String>> outcomes =
        Flux.range(0, 5)
            .flatMap(
                i ->
                    pool.acquire(NO_DISKS)
                        .flatMap(g -> g.close().thenReturn("got one"))
                        .onErrorResume(
                            LaunchException.class,
                            e -> {
                              refused.incrementAndGet();
                              return Mono.just(String.valueOf(e.getMessage()));
                            }))
            .collectList()
            .cache();
    outcomes.subscribe();
    // One is launched for, and one waits.
    await(() -> refused.get() == 3);
    permission.tryEmitEmpty().orThrow();
    String tooMany = "too many wait for an appliance of the pool";
    assertThat(get(outcomes))
        .containsExactlyInAnyOrder("got one", "got one", tooMany, tooMany, tooMany);
    pool.close().block(PATIENCE);
  }

  @Test
  void launcherThatCannotWaitFailsTheAcquisition() {
    GuestfsPool pool =
        GuestfsPool.builder(machine.launcher((loop, config, listener) -> Mono.never())).build();
    assertThatThrownBy(() -> get(pool.acquire(NO_DISKS)))
        .isInstanceOf(UnsupportedOperationException.class);
    pool.close().block(PATIENCE);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static <T> T get(Mono<T> value) {
    return Objects.requireNonNull(value.block(PATIENCE));
  }
}
