package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.frame.ProtocolConstants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** Calls with content behind them. */
@Timeout(60)
class UploadTests {

  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;
  private final TestPublisher<ByteBuffer> source = TestPublisher.create();

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  private ScriptedDaemon.Received expectUpload() {
    return daemon.expect(TransferDescriptors.UPLOAD);
  }

  private static ByteBuffer hello() {
    return ByteBuffer.wrap(HELLO);
  }

  @Test
  void sendsContentAndThenTheEndOfTheFile() {
    ByteBuffer content = hello();
    Recorder<Void> upload = Recorder.of(g.upload(Flux.just(content, hello()), "/a"));
    ScriptedDaemon.Received call = expectUpload();
    assertThat(daemon.expectChunk()).isEqualTo(HELLO);
    assertThat(daemon.expectChunk()).isEqualTo(HELLO);
    daemon.expectEndOfFile();
    daemon.expectNothing();
    upload.assertNothingYet();
    call.reply(null);
    upload.assertComplete();
    assertThat(content.position()).as("position of a buffer of the user").isZero();
    daemon.assertInStep();
  }

  @Test
  void noContentIsAnEmptyFile() {
    Recorder<Void> upload = Recorder.of(g.upload(Flux.just(ByteBuffer.allocate(0)), "/a"));
    ScriptedDaemon.Received call = expectUpload();
    daemon.expectEndOfFile();
    call.reply(null);
    upload.assertComplete();
  }

  @Test
  void largeBuffersAreCutIntoChunks() {
    byte[] content = new byte[2 * ProtocolConstants.CHUNK_MAX + 1];
    Arrays.fill(content, (byte) 7);
    Recorder.of(g.upload(Mono.just(ByteBuffer.wrap(content).asReadOnlyBuffer()), "/a"));
    expectUpload();
    assertThat(daemon.expectChunk()).hasSize(ProtocolConstants.CHUNK_MAX).containsOnly(7);
    assertThat(daemon.expectChunk()).hasSize(ProtocolConstants.CHUNK_MAX);
    assertThat(daemon.expectChunk()).hasSize(1);
    daemon.expectEndOfFile();
  }

  @Test
  void theSourceIsNotSubscribedToBeforeTheCallIsSent() {
    Recorder.of(g.touch("/a"));
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received touch = daemon.expect(FileDescriptors.TOUCH);
    source.assertWasNotSubscribed();
    touch.reply(null);
    source.assertWasSubscribed();
    expectUpload();
    upload.cancel();
    daemon.expectCancelChunk();
  }

  @Test
  void asksTheSourceForAsMuchAsTheChannelTakes() {
    AtomicLong requested = new AtomicLong();
    Recorder.of(g.upload(source.flux().doOnRequest(requested::addAndGet), "/a"));
    expectUpload();
    int ahead = UploadExchange.BUFFERS_AHEAD;
    assertThat(requested).hasValue(ahead);

    daemon.setWritable(false);
    for (int i = 0; i < ahead; i++) {
      source.next(hello());
    }
    daemon.expectNothing();
    assertThat(requested).as("while the channel takes nothing").hasValue(ahead);

    daemon.setWritable(true);
    for (int i = 0; i < ahead; i++) {
      assertThat(daemon.expectChunk()).isEqualTo(HELLO);
    }
    assertThat(requested).hasValue(2L * ahead);
    source.complete();
    daemon.expectEndOfFile();
  }

  @Test
  void noOtherCallRunsMeanwhile() {
    Recorder.of(g.upload(source, "/a"));
    Recorder.of(g.touch("/a"));
    ScriptedDaemon.Received upload = expectUpload();
    daemon.expectNothing();
    source.complete();
    daemon.expectEndOfFile();
    daemon.expectNothing();
    upload.reply(null);
    daemon.expect(FileDescriptors.TOUCH);
  }

  @Test
  void anErrorOfTheSourceIsTheErrorOfTheCall() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received call = expectUpload();
    source.next(hello());
    source.error(new IOException("disk on fire"));
    assertThat(daemon.expectChunk()).isEqualTo(HELLO);
    daemon.expectCancelChunk();
    assertThat(upload.assertError(IOException.class)).hasMessage("disk on fire");
    call.fail("EIO", "cancelled by the library");
    daemon.assertInStep();
  }

  @Test
  void anErrorThrownBySubscribingToTheSourceIsTheErrorOfTheCall() {
    Recorder<Void> upload =
        Recorder.of(
            g.upload(
                subscriber -> {
                  throw new IllegalStateException("no content here");
                },
                "/a"));
    ScriptedDaemon.Received call = expectUpload();
    daemon.expectCancelChunk();
    upload.assertError(IllegalStateException.class);
    call.fail("EIO", "cancelled by the library");
    daemon.assertInStep();
  }

  @Test
  void cancellingCancelsTheSourceAndTellsTheDaemon() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received call = expectUpload();
    source.next(hello());
    assertThat(daemon.expectChunk()).isEqualTo(HELLO);
    upload.cancel();
    daemon.expectCancelChunk();
    source.assertCancelled();
    call.fail("EIO", "cancelled by the library");
    upload.assertNothingYet();
    daemon.assertInStep();
  }

  @Test
  void cancellingAfterTheEndOfTheFileDropsTheReply() {
    Recorder<Void> upload = Recorder.of(g.upload(Flux.just(hello()), "/a"));
    ScriptedDaemon.Received call = expectUpload();
    daemon.expectChunk();
    daemon.expectEndOfFile();
    upload.cancel();
    daemon.expectNothing();
    call.reply(null);
    upload.assertNothingYet();
    daemon.assertInStep();
  }

  @Test
  void aCancelOfTheDaemonStopsTheSourceAndItsErrorIsReported() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received call = expectUpload();
    daemon.sendCancelFlag();
    source.assertCancelled();
    daemon.expectCancelChunk();
    daemon.expectNothing();
    call.fail("ENOSPC", "/a: No space left on device");
    assertThat(upload.assertError(CallFailedException.class).errnoName()).isEqualTo("ENOSPC");
    daemon.assertInStep();
  }

  @Test
  void aCancelOfTheDaemonThatCrossesWithTheEndOfTheFileIsIgnored() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received call = expectUpload();
    source.complete();
    daemon.expectEndOfFile();
    daemon.sendCancelFlag();
    daemon.expectNothing();
    call.fail("ENOSPC", "/a: No space left on device");
    upload.assertError(CallFailedException.class);
    daemon.assertInStep();
  }

  @Test
  void aCancelOfTheDaemonThatCrossesWithTheSubscribersIsIgnored() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received call = expectUpload();
    upload.cancel();
    daemon.expectCancelChunk();
    daemon.sendCancelFlag();
    daemon.expectNothing();
    call.fail("ENOSPC", "/a: No space left on device");
    daemon.assertInStep();
  }

  @Test
  void aCancelOfTheDaemonThatComesAfterItsReplyIsIgnored() {
    Recorder<Void> upload = Recorder.of(g.upload(Flux.empty(), "/a"));
    ScriptedDaemon.Received call = expectUpload();
    daemon.expectEndOfFile();
    call.reply(null);
    daemon.sendCancelFlag();
    upload.assertComplete();
    daemon.assertInStep();
  }

  @Test
  void contentThatArrivesAfterTheEndIsDropped() {
    TestPublisher<ByteBuffer> wild =
        TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
    Recorder<Void> upload = Recorder.of(g.upload(wild, "/a"));
    ScriptedDaemon.Received call = expectUpload();
    upload.cancel();
    daemon.expectCancelChunk();
    wild.next(hello());
    wild.complete();
    daemon.expectNothing();
    call.fail("EIO", "cancelled by the library");
    daemon.assertInStep();
  }

  @Test
  void aReplyBeforeTheEndOfTheFilePoisons() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    expectUpload().reply(null);
    upload.assertError(ProtocolViolationException.class);
    source.assertCancelled();
    daemon.assertPoisoned();
  }

  @Test
  void theCallTimeoutDoesNotCountTheTimeThatContentFlows() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received call = expectUpload();
    daemon.pass(Duration.ofHours(1));
    source.complete();
    daemon.expectEndOfFile();
    daemon.pass(Duration.ofSeconds(9));
    upload.assertNothingYet();
    daemon.pass(Duration.ofSeconds(1));
    upload.assertError(CallTimeoutException.class);
    call.reply(null);
    daemon.assertInStep();
  }

  @Test
  void contentThatIsNotTakenTimesOut() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received call = expectUpload();
    daemon.setWritable(false);
    source.next(hello());
    daemon.pass(Duration.ofSeconds(19));
    call.progress(1, 2);
    daemon.pass(Duration.ofSeconds(19));
    upload.assertNothingYet();
    daemon.pass(Duration.ofSeconds(1));
    assertThat(upload.assertError(CallTimeoutException.class))
        .hasMessage("upload: 20000 ms went by while the appliance took no content");
    source.assertCancelled();
    daemon.expectCancelChunk();
  }

  @Test
  void deathOfTheApplianceCancelsTheSource() {
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    expectUpload();
    daemon.appliance.die();
    daemon.run();
    source.assertCancelled();
    upload.assertError(ApplianceDiedException.class);
  }

  @Test
  void theSourceSeesTheContextOfTheSubscriber() {
    Recorder.of(
        g.upload(
                Flux.deferContextual(
                    context -> Flux.just(ByteBuffer.wrap(context.<byte[]>get("content")))),
                "/a")
            .contextWrite(context -> context.put("content", HELLO)));
    expectUpload();
    assertThat(daemon.expectChunk()).isEqualTo(HELLO);
    daemon.expectEndOfFile();
  }
}
