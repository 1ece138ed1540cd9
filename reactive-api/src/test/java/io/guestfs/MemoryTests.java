package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** However much is moved, and however slowly it is read, memory stays what it is. */
@Timeout(1800)
class MemoryTests {

  private static final boolean LONG = Boolean.getBoolean("guestfs.long");
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int MIB = 1 << 20;
  private static final long MOVED = LONG ? 4096L * MIB : 512L * MIB;
  private static final int PIECE = 64 * 1024;

  /** A reader of one megabyte a second. */
  private static final int NANOS_PER_BYTE = 1000;

  private static final Duration SLOW_READING = Duration.ofSeconds(LONG ? 60 : 8);

  /**
   * Room for what sockets of the kernel hold, the one piece that is on its way, and some chunks.
   */
  private static final long AHEAD_MAX = 2L * MIB;

  private final LoopbackLauncher launcher = new LoopbackLauncher();
  private final Guestfs g =
      Objects.requireNonNull(Guestfs.builder().launcher(launcher).launch().block(PATIENCE));
  private final Meter meter = new Meter(launcher);

  @AfterEach
  void nothingLeaked() throws IOException, InterruptedException {
    g.close().block(PATIENCE);
    launcher.assertNothingLeaked();
    launcher.close();
  }

  /** Looks at memory now and then while bytes go by. */
  private static final class Meter {

    private static final long STEP = MOVED / 8;

    /** What is moved at first may load classes and fill caches. */
    private static final long WARM_UP = MOVED / 16;

    /** Much less than a step, so that memory that grows with what is moved is seen. */
    private static final long GROWTH_MAX = 24L * MIB;

    private static final long DIRECT_MAX = 8L * MIB;

    private final LoopbackLauncher launcher;
    private long moved;
    private long next = WARM_UP;
    private long heapAtFirst;

    Meter(LoopbackLauncher launcher) {
      this.launcher = launcher;
    }

    void moved(int bytes) {
      moved += bytes;
      if (moved >= next) {
        look();
        next += STEP;
      }
    }

    void look() {
      assertThat(launcher.allocator.metric().usedDirectMemory())
          .as("direct memory after %d bytes", moved)
          .isLessThan(DIRECT_MAX);
      long heap = heap();
      if (heapAtFirst == 0) {
        heapAtFirst = heap;
      }
      assertThat(heap - heapAtFirst)
          .as("growth of the heap after %d bytes", moved)
          .isLessThan(GROWTH_MAX);
    }

    @SuppressWarnings("SystemGc") // what is left after it is what is held
    private static long heap() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }

  private Flux<ByteBuffer> source() {
    return Flux.<ByteBuffer>generate(sink -> sink.next(ByteBuffer.allocate(PIECE)))
        .take(MOVED / PIECE)
        .doOnNext(piece -> meter.moved(piece.remaining()));
  }

  @Test
  void anUploadFromASourceOfUnlimitedSpeed() {
    g.upload(source(), "/a").block(PATIENCE);
    assertThat(meter.moved).isEqualTo(MOVED);
  }

  @Test
  void aDownloadAtFullSpeed() {
    g.download("/bytes/" + MOVED)
        .doOnNext(piece -> meter.moved(piece.remaining()))
        .blockLast(PATIENCE);
    assertThat(meter.moved).isEqualTo(MOVED);
  }

  @Test
  void aSlowReaderSlowsTheDaemon() {
    AtomicLong received = new AtomicLong();
    long file = 1L << 40;
    meter.look();
    g.download("/bytes/" + file)
        .concatMap(
            piece ->
                Mono.delay(Duration.ofNanos((long) piece.remaining() * NANOS_PER_BYTE))
                    .thenReturn(piece),
            1)
        .take(SLOW_READING)
        .doOnNext(piece -> received.addAndGet(piece.remaining()))
        .doOnNext(piece -> assertThat(launcher.sent.get() - received.get()).isLessThan(AHEAD_MAX))
        .blockLast(PATIENCE);
    meter.look();
    assertThat(received.get()).isPositive();
    g.pingDaemon().block(PATIENCE);
  }

  @Test
  void whatIsKeptIsSeen() {
    List<ByteBuffer> kept = new ArrayList<>();
    Flux<ByteBuffer> hoarder = source().doOnNext(kept::add);
    assertThatThrownBy(() -> hoarder.blockLast(PATIENCE))
        .hasRootCauseInstanceOf(AssertionError.class)
        .hasMessageContaining("growth of the heap");
    assertThat(kept).isNotEmpty();
  }
}
