package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** The whole library on a real socket, without qemu. */
@Timeout(60)
class LoopbackTests {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LoopbackLauncher launcher = new LoopbackLauncher();

  /** All handles share one thread. */
  private final GuestfsResources oneLoop = GuestfsResources.create(1);

  private final GuestfsBuilder builder = Guestfs.builder().launcher(launcher).resources(oneLoop);
  private final Guestfs g = Objects.requireNonNull(builder.launch().block(PATIENCE));

  @AfterEach
  void nothingLeaked() throws IOException, InterruptedException {
    g.close().block(PATIENCE);
    launcher.assertNothingLeaked();
    launcher.close();
    oneLoop.disposeLater().block(PATIENCE);
  }

  @Test
  void attributesOfEveryFileOfATree() {
    Long files = g.find("/").concatMap(path -> g.lstatns("/" + path)).count().block(PATIENCE);
    assertThat(files).isEqualTo(LoopbackLauncher.FIND_ENTRIES);
  }

  @Test
  void contentComesAsItWasSent() {
    int size = 3_000_001;
    AtomicLong offset = new AtomicLong();
    g.download("/bytes/" + size)
        .doOnNext(
            piece ->
                assertThat(piece)
                    .isEqualTo(
                        LoopbackDaemon.content(
                            offset.getAndAdd(piece.remaining()), piece.remaining())))
        .blockLast(PATIENCE);
    assertThat(offset).hasValue(size);
  }

  @Test
  void aDownloadThatNobodyReadsStallsItsOwnHandleOnly() throws Exception {
    Guestfs stalled = Objects.requireNonNull(builder.launch().block(PATIENCE));
    Future<GuestfsEvent> notice =
        stalled.events().filter(GuestfsEvent.TransferStalled.class::isInstance).next().toFuture();
    Sinks.Empty<Void> cancel = Sinks.empty();
    CompletableFuture<ByteBuffer> started = new CompletableFuture<>();
    stalled
        .download("/bytes/" + (1L << 40))
        .takeUntilOther(cancel.asMono())
        .doOnNext(started::complete)
        .concatMap(piece -> Mono.never(), 1)
        .subscribe();
    started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Future<Void> behind = stalled.pingDaemon().toFuture();

    int size = 8_000_000;
    Mono<Integer> bytes =
        g.download("/bytes/" + size).map(ByteBuffer::remaining).reduce(Integer::sum);
    assertThat(g.pingDaemon().repeat(100).then(bytes).block(PATIENCE)).isEqualTo(size);

    assertThat(notice.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(new GuestfsEvent.TransferStalled("download", 1));
    assertThat(behind.isDone()).isFalse();
    cancel.tryEmitEmpty().orThrow();
    behind.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    stalled.close().block(PATIENCE);
  }

  @Test
  void aFastReaderGetsLargePieces() {
    int size = 8_000_000;
    Long pieces = g.download("/bytes/" + size).count().block(PATIENCE);
    assertThat(size / Objects.requireNonNull(pieces)).isGreaterThan(16_000);
  }

  @Test
  void contentOfUnlimitedSpeedIsTakenAsTheDaemonReadsIt() {
    AtomicLong made = new AtomicLong();
    AtomicLong most = new AtomicLong();
    Flux<ByteBuffer> source =
        Flux.<ByteBuffer>generate(
                sink -> {
                  made.addAndGet(8192);
                  sink.next(ByteBuffer.allocate(8192));
                })
            .take(2000)
            .doOnRequest(n -> most.accumulateAndGet(n, Math::max));
    g.upload(source, "/a").block(PATIENCE);
    assertThat(made).hasValue(2000 * 8192);
    assertThat(most.get()).isLessThanOrEqualTo(UploadExchange.BUFFERS_AHEAD);
  }

  @Test
  void signalsArriveOnTheEventLoopWhereBlockingIsRefused() {
    Mono<String> thread =
        g.pingDaemon().then(Mono.fromSupplier(() -> name(Thread.currentThread())));
    assertThat(thread.block(PATIENCE)).startsWith("guestfs-");
    assertThatThrownBy(
            () ->
                g.pingDaemon()
                    .then(Mono.fromCallable(() -> Mono.never().block(PATIENCE)))
                    .block(PATIENCE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("blocking");
  }

  private static String name(Thread thread) {
    return thread.getName();
  }

  @Test
  void signalsArriveWhereTheUserWantsThem() {
    builder
        .signalsOn(Schedulers.boundedElastic())
        .using(
            elastic ->
                Flux.concat(
                        elastic.pingDaemon().then(Mono.just(ByteBuffer.allocate(0))),
                        elastic.download("/bytes/100000"),
                        elastic.upload(Mono.just(ByteBuffer.allocate(9)), "/a").then(Mono.empty()))
                    .doOnNext(
                        piece ->
                            assertThat(name(Thread.currentThread())).startsWith("boundedElastic")))
        .blockLast(PATIENCE);
  }

  @Test
  void manyHandlesAtOnce() {
    Long pieces =
        Flux.range(0, 20)
            .flatMap(i -> builder.using(each -> each.download("/bytes/100000").last()), 20)
            .count()
            .block(PATIENCE);
    assertThat(pieces).isEqualTo(20);
    assertThat(launcher.stopped).hasValue(20);
  }

  @Test
  void callsFromManyThreadsAreAllAnswered() {
    List<Integer> answered =
        Flux.range(0, 1000)
            .parallel(8)
            .runOn(Schedulers.parallel())
            .flatMap(i -> g.touch("/" + i).thenReturn(i), false, 16)
            .sequential()
            .collectList()
            .block(PATIENCE);
    assertThat(answered).hasSize(1000);
  }
}
