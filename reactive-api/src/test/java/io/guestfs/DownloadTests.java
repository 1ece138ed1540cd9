package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls with content behind their reply. */
@Timeout(60)
class DownloadTests {

  private static final byte[] ONE = {1, 1, 1};
  private static final byte[] TWO = {2, 2};

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  private ScriptedDaemon.Received expectDownload() {
    return daemon.expect(TransferDescriptors.DOWNLOAD);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  @Test
  void givesContentUntilTheEndOfTheFile() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    expectDownload().reply(null);
    download.assertNothingYet();
    daemon.sendChunks(ONE);
    daemon.sendChunks(TWO);
    assertThat(download.values()).containsExactly(bytes(1, 1, 1), bytes(2, 2));
    assertThat(download.values()).allMatch(ByteBuffer::hasArray);
    daemon.sendEndOfFile();
    download.assertComplete();
    daemon.assertInStep();
  }

  @Test
  void chunksOfOneReadAreOneBuffer() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    expectDownload().reply(null);
    daemon.sendChunks(ONE, TWO, ONE);
    assertThat(download.values()).containsExactly(bytes(1, 1, 1, 2, 2, 1, 1, 1));
  }

  @Test
  void anEmptyFileGivesNothing() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    expectDownload().reply(null);
    daemon.sendEndOfFile();
    assertThat(download.values()).isEmpty();
    download.assertComplete();
  }

  @Test
  void anErrorOfTheDaemonIsTheErrorOfTheCall() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    expectDownload().fail("ENOENT", "/a: No such file or directory");
    download.assertError(CallFailedException.class);
    daemon.assertInStep();
  }

  @Test
  void nothingIsReadThatWasNotAskedFor() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"), 1);
    ScriptedDaemon.Received call = expectDownload();
    assertThat(daemon.isReading()).isTrue();
    call.reply(null);
    assertThat(daemon.isReading()).as("with demand").isTrue();
    daemon.sendChunks(ONE);
    assertThat(download.values()).hasSize(1);
    assertThat(daemon.isReading()).as("without demand").isFalse();

    // The rest of what had been read already is held.
    daemon.sendChunks(TWO);
    daemon.sendChunks(ONE);
    assertThat(download.values()).hasSize(1);
    download.request(1);
    assertThat(daemon.isReading()).isFalse();
    assertThat(download.values()).containsExactly(bytes(1, 1, 1), bytes(2, 2, 1, 1, 1));
    download.request(1);
    assertThat(daemon.isReading()).isTrue();
    daemon.sendEndOfFile();
    download.assertComplete();
  }

  @Test
  void theHandleIsFreeWhenTheEndWasReadThoughContentIsHeld() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"), 0);
    expectDownload().reply(null);
    assertThat(daemon.isReading()).isFalse();
    daemon.sendChunks(ONE);
    daemon.sendEndOfFile();
    assertThat(daemon.isReading()).isTrue();
    daemon.assertInStep();
    download.assertNothingYet();
    download.request(1);
    daemon.run();
    assertThat(download.values()).containsExactly(bytes(1, 1, 1));
    download.assertComplete();
  }

  @Test
  void cancellingTellsTheDaemonAndDropsTheRest() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"), 1);
    expectDownload().reply(null);
    daemon.sendChunks(ONE);
    download.cancel();
    daemon.expectCancelFlag();
    assertThat(daemon.isReading()).isTrue();
    Recorder<Boolean> next = Recorder.of(g.exists("/a"));
    daemon.expectNothing();
    daemon.sendChunks(TWO, TWO);
    daemon.sendCancelChunk();
    daemon.expect(AttributeDescriptors.EXISTS).reply(true);
    next.assertComplete();
    assertThat(download.values()).hasSize(1);
    daemon.assertInStep();
  }

  @Test
  void aCancelThatCrossesWithTheEndOfTheFileIsHarmless() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    expectDownload().reply(null);
    download.cancel();
    daemon.expectCancelFlag();
    daemon.sendChunks(ONE);
    daemon.sendEndOfFile();
    assertThat(download.values()).isEmpty();
    daemon.assertInStep();
  }

  @Test
  void aCancelBeforeTheReplyWaitsForItAndThenStopsTheContent() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    ScriptedDaemon.Received call = expectDownload();
    download.cancel();
    daemon.expectNothing();
    call.reply(null);
    daemon.expectCancelFlag();
    daemon.sendChunks(ONE);
    daemon.sendCancelChunk();
    download.assertNothingYet();
    daemon.assertInStep();
  }

  @Test
  void aCancelBeforeAReplyThatIsAnErrorStopsNothing() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    ScriptedDaemon.Received call = expectDownload();
    download.cancel();
    call.fail("ENOENT", "/a: No such file or directory");
    daemon.expectNothing();
    download.assertNothingYet();
    daemon.assertInStep();
  }

  @Test
  void whatTheDaemonBreaksOffHasNoErrnoButTheConsole() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    expectDownload().reply(null);
    daemon.sendChunks(ONE);
    daemon.sendCancelChunk();
    TransferAbortedException error = download.assertError(TransferAbortedException.class);
    assertThat(error.call()).isEqualTo("download");
    assertThat(error.console()).isEqualTo(FakeAppliance.CONSOLE);
    daemon.assertInStep();
  }

  @Test
  void aDownloadThatDoesNotEndAfterItWasCancelledPoisons() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    expectDownload().reply(null);
    download.cancel();
    daemon.expectCancelFlag();
    for (int i = 0; i < 30; i++) {
      daemon.sendChunks(ONE);
      daemon.pass(Duration.ofSeconds(1));
    }
    daemon.assertPoisoned();
  }

  @Test
  void theIdleTimeoutRunsOnlyWhileContentIsAskedFor() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"), 0);
    ScriptedDaemon.Received call = expectDownload();
    call.reply(null);
    daemon.pass(Duration.ofHours(1));
    download.assertNothingYet();

    download.request(1);
    daemon.pass(Duration.ofSeconds(19));
    daemon.sendChunks(ONE);
    daemon.pass(Duration.ofHours(1));
    assertThat(download.error()).isNull();

    download.request(1);
    daemon.pass(Duration.ofSeconds(19));
    call.progress(1, 2);
    daemon.pass(Duration.ofSeconds(19));
    assertThat(download.error()).isNull();
    daemon.pass(Duration.ofSeconds(1));
    assertThat(download.assertError(CallTimeoutException.class))
        .hasMessage("download: 20000 ms went by without the content that was asked for");
    daemon.expectCancelFlag();
    daemon.sendCancelChunk();
    daemon.assertInStep();
  }

  @Test
  void callsBehindADownloadThatNobodyReadsAreToldSo() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"), 0);
    expectDownload().reply(null);
    daemon.pass(Duration.ofMinutes(1));
    assertThat(stalls()).isEmpty();

    Recorder<Void> behind = Recorder.of(g.touch("/b"));
    daemon.pass(Duration.ofSeconds(2));
    assertThat(stalls()).containsExactly(new GuestfsEvent.TransferStalled("download", 1));
    daemon.pass(Duration.ofSeconds(8));
    assertThat(behind.assertError(CallTimeoutException.class))
        .hasMessage(
            "touch: 10000 ms went by while it waited behind download, whose content nobody asks"
                + " for");
    download.cancel();
    daemon.expectCancelFlag();
  }

  private List<GuestfsEvent> stalls() {
    return daemon.events.stream().filter(GuestfsEvent.TransferStalled.class::isInstance).toList();
  }

  @Test
  void aChunkThatIsNoneAsAMessageOrTooLongPoisons() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    expectDownload().reply(null);
    daemon.sendWords(12, 0, 9000, 0);
    download.assertError(ProtocolViolationException.class);
    daemon.assertPoisoned();
  }

  @Test
  void deathInTheMiddleEndsADownloadThatNobodyReads() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"), 0);
    expectDownload().reply(null);
    daemon.appliance.die();
    daemon.run();
    assertThat(download.assertError(ApplianceDiedException.class))
        .hasMessageContaining("download")
        .hasMessageContaining("signal 9")
        .hasMessageContaining("Kernel panic");
  }
}
