package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.LvmDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.frame.Status;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Daemons that say what they must not. Everything pending fails, and the appliance is stopped. */
@Timeout(60)
class HostileDaemonTests {

  private static final int PROGRAM = ProtocolConstants.PROGRAM;
  private static final int VERSION = ProtocolConstants.VERSION;
  private static final int EXISTS = AttributeDescriptors.EXISTS.procedure();
  private static final int REPLY = 1;
  private static final int OK = 0;
  private static final int ERROR = 1;
  private static final int SERIAL = 1;

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  private static Named<int[]> words(String name, int... words) {
    return Named.of(name, words);
  }

  static Stream<Named<int[]>> neverAcceptable() {
    return Stream.of(
        words("a length of 2³²−1", 0xFFFFFFFF),
        words("a length of 2³¹−1", 0x7FFFFFFF),
        words("a length of 2³¹", 0x80000000),
        words("a length over the limit", ProtocolConstants.MESSAGE_MAX + 4),
        words("a length of nothing", 0),
        words("a length that is no multiple of four", 41),
        words("a second launch flag", ProtocolConstants.LAUNCH_FLAG),
        words("zeros", 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        words("progress of nothing that runs", ProtocolConstants.PROGRESS_FLAG, 1, 99, 0, 0, 0, 1),
        words("a short frame", 8, PROGRAM, VERSION));
  }

  static Stream<Named<int[]>> noReplyToExists() {
    return Stream.of(
        words("wrong program", 44, PROGRAM + 1, VERSION, EXISTS, REPLY, SERIAL, 0, 0, 0, 0, OK, 1),
        words("wrong version", 44, PROGRAM, VERSION + 1, EXISTS, REPLY, SERIAL, 0, 0, 0, 0, OK, 1),
        words(
            "wrong procedure", 44, PROGRAM, VERSION, EXISTS + 1, REPLY, SERIAL, 0, 0, 0, 0, OK, 1),
        words("a call", 44, PROGRAM, VERSION, EXISTS, 0, SERIAL, 0, 0, 0, 0, OK, 1),
        words("direction 2", 44, PROGRAM, VERSION, EXISTS, 2, SERIAL, 0, 0, 0, 0, OK, 1),
        words("another serial", 44, PROGRAM, VERSION, EXISTS, REPLY, SERIAL + 1, 0, 0, 0, 0, OK, 1),
        words("status 2", 44, PROGRAM, VERSION, EXISTS, REPLY, SERIAL, 0, 0, 0, 0, 2, 1),
        words("no result", 40, PROGRAM, VERSION, EXISTS, REPLY, SERIAL, 0, 0, 0, 0, OK),
        words("a boolean of 2", 44, PROGRAM, VERSION, EXISTS, REPLY, SERIAL, 0, 0, 0, 0, OK, 2),
        words("too much", 48, PROGRAM, VERSION, EXISTS, REPLY, SERIAL, 0, 0, 0, 0, OK, 1, 0),
        words("an empty error", 40, PROGRAM, VERSION, EXISTS, REPLY, SERIAL, 0, 0, 0, 0, ERROR),
        words(
            "an error with an endless name",
            48,
            PROGRAM,
            VERSION,
            EXISTS,
            REPLY,
            SERIAL,
            0,
            0,
            0,
            0,
            ERROR,
            0x7FFFFFFF,
            0),
        words(
            "an error with padding that is not zero",
            56,
            PROGRAM,
            VERSION,
            EXISTS,
            REPLY,
            SERIAL,
            0,
            0,
            0,
            0,
            ERROR,
            1,
            0x41000001,
            0,
            0));
  }

  @ParameterizedTest
  @MethodSource("neverAcceptable")
  void whileNothingRuns(int[] words) {
    daemon.sendWords(words);
    daemon.assertPoisoned();
    Recorder<Void> later = Recorder.of(g.pingDaemon());
    daemon.run();
    assertThat(later.assertError(CallRejectedException.class))
        .hasCauseInstanceOf(ProtocolViolationException.class);
  }

  @ParameterizedTest
  @MethodSource({"neverAcceptable", "noReplyToExists"})
  void whileACallRuns(int[] words) {
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    Recorder<Void> waiting = Recorder.of(g.touch("/a"));
    assertThat(daemon.expect(AttributeDescriptors.EXISTS).header().serial()).isEqualTo(SERIAL);
    daemon.sendWords(words);
    assertViolation(running, "exists");
    assertViolation(waiting, "touch");
    daemon.assertPoisoned();
  }

  @ParameterizedTest
  @MethodSource({"neverAcceptable", "noReplyToExists"})
  void whileContentIsUploaded(int[] words) {
    Recorder<Void> running = Recorder.of(g.upload(Flux.never(), "/a"));
    daemon.expect(TransferDescriptors.UPLOAD);
    daemon.sendWords(words);
    assertViolation(running, "upload");
    daemon.assertPoisoned();
  }

  @ParameterizedTest
  @MethodSource({"neverAcceptable", "noReplyToExists"})
  void whileContentIsDownloaded(int[] words) {
    Recorder<ByteBuffer> running = Recorder.of(g.download("/a"));
    daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
    daemon.sendWords(words);
    assertViolation(running, "download");
    daemon.assertPoisoned();
  }

  @ParameterizedTest
  @MethodSource({"neverAcceptable", "noReplyToExists"})
  void whileACancelledDownloadIsDrained(int[] words) {
    Recorder<ByteBuffer> running = Recorder.of(g.download("/a"));
    daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
    running.cancel();
    daemon.expectCancelFlag();
    daemon.sendWords(words);
    daemon.assertPoisoned();
    running.assertNothingYet();
  }

  private static void assertViolation(Recorder<?> call, String name) {
    assertThat(call.assertError(ProtocolViolationException.class))
        .hasMessageStartingWith(name + ": the daemon broke the protocol: ");
  }

  @Test
  void aListThatClaimsMoreItemsThanThereAreBytesIsNotBelieved() {
    Recorder<String> list = Recorder.of(g.vgs());
    ScriptedDaemon.Received call = daemon.expect(LvmDescriptors.VGS);
    ByteBuf reply = call.replyFrame(List.of("vg0"));
    reply.setInt(reply.writerIndex() - 12, 0x7FFFFFFF);
    daemon.send(reply);
    assertViolation(list, "vgs");
  }

  @Test
  void aChunkForACallWithoutContentPoisons() {
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    daemon.expect(AttributeDescriptors.EXISTS);
    daemon.sendChunks(new byte[] {1});
    assertViolation(running, "exists");
  }

  @Test
  void aSecondReplyPoisons() {
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    ScriptedDaemon.Received call = daemon.expect(AttributeDescriptors.EXISTS);
    call.reply(true);
    running.assertComplete();
    call.reply(true);
    daemon.assertPoisoned();
  }

  static IntStream everyByteOfAReply() {
    return IntStream.range(0, 48);
  }

  @ParameterizedTest
  @MethodSource("everyByteOfAReply")
  void theConnectionClosesInTheMiddleOfAReply(int length) {
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    ByteBuf reply = daemon.expect(AttributeDescriptors.EXISTS).replyFrame(true);
    assertThat(reply.readableBytes()).isEqualTo(48);
    assertDiesAfter(reply, length, running);
  }

  private static final int SIZE_OF_A_DOWNLOAD = 44 + 20 + 12;

  static IntStream everyByteOfADownload() {
    return IntStream.range(0, SIZE_OF_A_DOWNLOAD);
  }

  /** A reply, a chunk of five bytes, and the end of the file. */
  @ParameterizedTest
  @MethodSource("everyByteOfADownload")
  void theConnectionClosesInTheMiddleOfADownload(int length) {
    Recorder<ByteBuffer> running = Recorder.of(g.download("/a"));
    ByteBuf all = daemon.alloc().buffer();
    append(all, daemon.expect(TransferDescriptors.DOWNLOAD).replyFrame(null));
    append(all, Frames.chunk(daemon.alloc(), ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5})));
    append(all, Frames.endOfFile(daemon.alloc()));
    assertThat(all.readableBytes()).isEqualTo(SIZE_OF_A_DOWNLOAD);
    assertDiesAfter(all, length, running);
  }

  private static final int SIZE_OF_A_REFUSAL = 4 + 64;

  static IntStream everyByteOfARefusal() {
    return IntStream.range(0, SIZE_OF_A_REFUSAL);
  }

  /** The cancel flag that breaks an upload off, and the reply that says why. */
  @ParameterizedTest
  @MethodSource("everyByteOfARefusal")
  void theConnectionClosesWhileAnUploadIsBrokenOff(int length) {
    Recorder<Void> running = Recorder.of(g.upload(Flux.never(), "/a"));
    MessageHeader call = daemon.expect(TransferDescriptors.UPLOAD).header();
    ByteBuf all = daemon.alloc().buffer();
    append(all, Frames.cancelFlag(daemon.alloc()));
    MessageError full = new MessageError("ENOSPC", "full");
    append(all, Frames.message(daemon.alloc(), call.reply(Status.ERROR), full::write));
    assertThat(all.readableBytes()).isEqualTo(SIZE_OF_A_REFUSAL);
    assertDiesAfter(all, length, running);
  }

  private static void append(ByteBuf all, ByteBuf frame) {
    all.writeBytes(frame);
    frame.release();
  }

  /** Only so many bytes come, then the connection closes, and then qemu is seen to have died. */
  private void assertDiesAfter(ByteBuf bytes, int length, Recorder<?> running) {
    daemon.send(bytes.readRetainedSlice(length));
    bytes.release();
    daemon.closeConnection();
    daemon.run();
    assertThat(running.error()).isNull();
    daemon.appliance.die();
    daemon.run();
    assertThat(running.assertError(ApplianceDiedException.class))
        .hasMessageContaining("qemu was killed by signal 9");
  }

  @Test
  void theConnectionClosesAndTheExitStatusDoesNotCome() {
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    daemon.expect(AttributeDescriptors.EXISTS);
    daemon.closeConnection();
    daemon.pass(Connection.EXIT_GRACE);
    assertThat(running.assertError(ApplianceDiedException.class))
        .hasMessageContaining("it closed the connection");
    daemon.assertPoisoned();
  }

  @Test
  void halfAMessageAndSilenceEndsAtTheTimeouts() {
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    daemon.expect(AttributeDescriptors.EXISTS);
    daemon.sendWords(44, PROGRAM, VERSION);
    daemon.pass(Duration.ofSeconds(10));
    running.assertError(CallTimeoutException.class);
    daemon.pass(Duration.ofSeconds(30));
    daemon.assertPoisoned();
  }

  @Test
  void endlessProgressDoesNotMoveTheTimeout() {
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    ScriptedDaemon.Received call = daemon.expect(AttributeDescriptors.EXISTS);
    for (int i = 0; i < 10; i++) {
      call.progress(1, 2);
      daemon.pass(Duration.ofSeconds(1));
    }
    running.assertError(CallTimeoutException.class);
  }

  @Test
  void endlessProgressDoesNotMoveTheDrainTimeout() {
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    ScriptedDaemon.Received call = daemon.expect(AttributeDescriptors.EXISTS);
    running.cancel();
    for (int second = 0; second < 30; second++) {
      assertThat(daemon.channel.isOpen()).isTrue();
      call.progress(1, 2);
      daemon.pass(Duration.ofSeconds(1));
    }
    daemon.assertPoisoned();
  }

  @Test
  void endlessChunksDoNotMoveTheDrainTimeout() {
    Recorder<ByteBuffer> running = Recorder.of(g.download("/a"));
    daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
    running.cancel();
    daemon.expectCancelFlag();
    for (int second = 0; second < 30; second++) {
      assertThat(daemon.channel.isOpen()).isTrue();
      daemon.sendChunks(new byte[8192], new byte[8192]);
      daemon.pass(Duration.ofSeconds(1));
    }
    daemon.assertPoisoned();
    running.assertNothingYet();
  }

  @Test
  void endlessCancelFlagsAreAnsweredOnce() {
    Recorder<Void> running = Recorder.of(g.upload(Flux.never(), "/a"));
    ScriptedDaemon.Received call = daemon.expect(TransferDescriptors.UPLOAD);
    for (int i = 0; i < 1000; i++) {
      daemon.sendCancelFlag();
    }
    daemon.expectCancelChunk();
    daemon.expectNothing();
    call.fail("ENOSPC", "full");
    assertThat(running.assertError(CallFailedException.class).errnoName()).isEqualTo("ENOSPC");
    daemon.assertInStep();
  }

  @Test
  void cancelFlagsAreIgnoredWhereNothingIsUploaded() {
    daemon.sendCancelFlag();
    Recorder<Boolean> running = Recorder.of(g.exists("/a"));
    ScriptedDaemon.Received call = daemon.expect(AttributeDescriptors.EXISTS);
    daemon.sendCancelFlag();
    call.reply(true);
    running.assertComplete();
    daemon.assertInStep();
  }
}
