package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.frame.FrameDecoder;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The agreement on limits that follows the launch flag, and what holds after it. */
@Timeout(60)
class LimitsTests {

  private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;
  private static final Limits OFFER = new Limits(6_000_000, 65_536, 3);

  private final ScriptedDaemon.OrderlyChannel channel = new ScriptedDaemon.OrderlyChannel();
  private final FakeAppliance appliance = new FakeAppliance(channel);
  private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.getOrSet();
  private final Recorder<Guestfs> launch =
      Recorder.of(
          Guestfs.builder()
              .launchTimeout(Duration.ofSeconds(10))
              .limits(OFFER)
              .launcher((loop, config, listener) -> Mono.just(appliance))
              .launch());

  @BeforeEach
  void theDaemonIsUp() {
    channel.freezeTime();
    scheduler.advanceTime();
    channel.runPendingTasks();
    send(Frames.launchFlag(ALLOCATOR));
    launch.assertNothingYet();
  }

  @AfterEach
  void cleanUp() {
    VirtualTimeScheduler.reset();
    channel.finishAndReleaseAll();
  }

  private void send(ByteBuf bytes) {
    channel.whole(() -> channel.writeInbound(bytes));
    channel.runPendingTasks();
  }

  private MessageHeader expectOffer() {
    ByteBuf offer = channel.readOutbound();
    assertThat(offer.readInt()).isEqualTo(offer.readableBytes());
    XdrReader in = new XdrReader(offer);
    MessageHeader header = MessageHeader.read(in);
    assertThat(header.procedure()).isEqualTo(Limits.PROCEDURE);
    assertThat(Limits.read(in)).isEqualTo(OFFER);
    offer.release();
    return header;
  }

  private void answer(Limits limits) {
    send(Frames.message(ALLOCATOR, expectOffer().reply(Status.OK), limits::write));
  }

  private Guestfs launched() {
    launch.assertComplete();
    return launch.values().get(0);
  }

  private int sizeOfTheNextMessage() {
    channel.runPendingTasks();
    ByteBuf message = channel.readOutbound();
    int size = message.readableBytes();
    message.release();
    return size;
  }

  @Test
  void whatBothCanDoIsDone() {
    answer(OFFER);
    Guestfs g = launched();
    Recorder.of(g.pwrite("/a", new byte[5_000_000], 0));
    assertThat(sizeOfTheNextMessage()).isGreaterThan(5_000_000);
    Recorder.of(g.pwrite("/a", new byte[6_000_000], 0)).assertNothingYet();
  }

  @Test
  void chunksAreAsLargeAsWasAgreed() {
    answer(new Limits(6_000_000, 16_384, 1));
    Recorder.of(launched().upload(Flux.just(ByteBuffer.allocate(20_000)), "/a"));
    sizeOfTheNextMessage();
    assertThat(sizeOfTheNextMessage()).isEqualTo(12 + 16_384);
    assertThat(sizeOfTheNextMessage()).isEqualTo(12 + 20_000 - 16_384);
  }

  @Test
  void theWindowIsAsLargeAsWasAgreed() {
    answer(OFFER);
    for (int i = 0; i < 4; i++) {
      Recorder.of(launched().touch("/a"));
    }
    channel.runPendingTasks();
    for (int i = 0; i < OFFER.window(); i++) {
      sizeOfTheNextMessage();
    }
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
  }

  @Test
  void repliesMayBeAsLargeAsWasAgreed() {
    answer(OFFER);
    Recorder<byte[]> read = Recorder.of(launched().pread("/a", 5_000_000, 0));
    sizeOfTheNextMessage();
    MessageHeader header =
        MessageHeader.call(FileDescriptors.PREAD.procedure(), 1, 0).reply(Status.OK);
    send(
        Frames.message(
            ALLOCATOR, header, OFFER.messageMax(), out -> out.writeOpaque(new byte[5_000_000])));
    assertThat(read.values().get(0)).hasSize(5_000_000);
  }

  @Test
  void aChunkThatIsLargerThanAgreedPoisons() {
    answer(new Limits(6_000_000, 16_384, 1));
    Recorder<ByteBuffer> download = Recorder.of(launched().download("/a"));
    sizeOfTheNextMessage();
    send(
        Frames.message(
            ALLOCATOR,
            MessageHeader.call(TransferDescriptors.DOWNLOAD.procedure(), 1, 0).reply(Status.OK)));
    send(Frames.chunk(ALLOCATOR, ByteBuffer.allocate(16_384)));
    assertThat(download.values()).hasSize(1);
    send(Frames.chunk(ALLOCATOR, ByteBuffer.allocate(16_388)));
    download.assertError(ProtocolViolationException.class);
  }

  @Test
  void aDaemonThatKnowsNothingOfLimitsGetsThoseOfLibguestfs() {
    send(
        Frames.message(
            ALLOCATOR,
            expectOffer().reply(Status.ERROR),
            new MessageError("", "dispatch_incoming_message: unknown procedure number 1380384769")
                ::write));
    Guestfs g = launched();
    Recorder<Integer> tooMuch = Recorder.of(g.pwrite("/a", new byte[5_000_000], 0));
    channel.runPendingTasks();
    assertThat(tooMuch.assertError(CallRejectedException.class)).hasMessageContaining("4194304");
    Recorder.of(g.touch("/a"));
    Recorder.of(g.touch("/a"));
    sizeOfTheNextMessage();
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
    assertThat(channel.pipeline().get(FrameDecoder.class)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"6000004, 65536, 3", "6000000, 65540, 3", "6000000, 65536, 4"})
  void aDaemonThatWantsMoreThanItWasOfferedIsStopped(int message, int chunk, int window) {
    answer(new Limits(message, chunk, window));
    assertThat(launch.assertError(LaunchException.class)).hasMessageContaining("wants");
    assertThat(appliance.isStopped()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 65536, 3", "-1, 65536, 3", "6000000, 1, 3", "6000000, 65536, 0"})
  void limitsThatMakeNoSenseStopTheMachine(int message, int chunk, int window) {
    send(
        Frames.message(
            ALLOCATOR,
            expectOffer().reply(Status.OK),
            out -> {
              out.writeInt(message);
              out.writeInt(chunk);
              out.writeInt(window);
            }));
    launch.assertError(LaunchException.class);
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void anAnswerToSomethingElseStopsTheMachine() {
    expectOffer();
    send(Frames.message(ALLOCATOR, MessageHeader.call(1, 0, 0).reply(Status.OK)));
    assertThat(launch.assertError(LaunchException.class)).hasMessageContaining("something else");
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void aWordInsteadOfAnAnswerStopsTheMachine() {
    expectOffer();
    send(Frames.launchFlag(ALLOCATOR));
    launch.assertError(LaunchException.class);
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void silenceEndsAtTheTimeout() {
    expectOffer();
    channel.advanceTimeBy(10, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    launch.assertError(LaunchException.class);
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void cancellingStopsTheMachine() {
    expectOffer();
    launch.cancel();
    assertThat(appliance.isStopped()).isTrue();
  }

  private static final int SIZE_OF_AN_ANSWER = 4 + 40 + 12;

  static IntStream everyByteOfAnAnswer() {
    return IntStream.range(0, SIZE_OF_AN_ANSWER);
  }

  @ParameterizedTest
  @MethodSource("everyByteOfAnAnswer")
  void theConnectionClosesInTheMiddleOfAnAnswer(int length) {
    ByteBuf answer = Frames.message(ALLOCATOR, expectOffer().reply(Status.OK), OFFER::write);
    assertThat(answer.readableBytes()).isEqualTo(SIZE_OF_AN_ANSWER);
    send(answer.readRetainedSlice(length));
    answer.release();
    channel.whole(
        () -> {
          ChannelFuture unused = channel.close();
        });
    channel.runPendingTasks();
    launch.assertNothingYet();
    appliance.die();
    channel.runPendingTasks();
    assertThat(launch.assertError(LaunchException.class)).hasMessageContaining("signal 9");
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void deathStillShowsTheConsole() {
    expectOffer();
    appliance.die();
    channel.runPendingTasks();
    assertThat(launch.assertError(LaunchException.class)).hasMessageContaining("Kernel panic");
  }
}
