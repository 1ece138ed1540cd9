package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.LvmDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.ProtocolConstants;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Several plain calls on the wire at once. */
@Timeout(60)
class PipeliningTests {

  private final ScriptedDaemon daemon =
      new ScriptedDaemon(
          ScriptedDaemon.TIMEOUTS,
          new Limits(ProtocolConstants.MESSAGE_MAX, ProtocolConstants.CHUNK_MAX, 3));
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  private List<Recorder<Void>> touch(int calls) {
    List<Recorder<Void>> recorders = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      recorders.add(Recorder.of(g.touch("/" + i)));
    }
    return recorders;
  }

  private ScriptedDaemon.Received expectTouch(int number) {
    ScriptedDaemon.Received call = daemon.expect(FileDescriptors.TOUCH);
    assertThat(call.argument(0)).isEqualTo("/" + number);
    return call;
  }

  @Test
  void asManyAsTheWindowAreSentAndAnsweredInOrder() {
    List<Recorder<Void>> calls = touch(5);
    ScriptedDaemon.Received first = expectTouch(0);
    ScriptedDaemon.Received second = expectTouch(1);
    expectTouch(2);
    daemon.expectNothing();

    first.reply(null);
    calls.get(0).assertComplete();
    calls.get(1).assertNothingYet();
    expectTouch(3);
    second.fail("EIO", "broken");
    calls.get(1).assertError(CallFailedException.class);
    expectTouch(4);
  }

  @Test
  void aReplyOutOfOrderPoisons() {
    List<Recorder<Void>> calls = touch(2);
    expectTouch(0);
    expectTouch(1).reply(null);
    calls.get(0).assertError(ProtocolViolationException.class);
    calls.get(1).assertError(ProtocolViolationException.class);
    daemon.assertPoisoned();
  }

  @Test
  void aTransferIsAloneOnTheWire() {
    List<Recorder<Void>> before = touch(1);
    Recorder<Void> upload = Recorder.of(g.upload(Flux.<ByteBuffer>empty(), "/up"));
    List<Recorder<Void>> after = touch(1);
    ScriptedDaemon.Received first = expectTouch(0);
    daemon.expectNothing();

    first.reply(null);
    ScriptedDaemon.Received uploading = daemon.expect(TransferDescriptors.UPLOAD);
    daemon.expectEndOfFile();
    daemon.expectNothing();

    uploading.reply(null);
    expectTouch(0).reply(null);
    before.get(0).assertComplete();
    upload.assertComplete();
    after.get(0).assertComplete();
  }

  @Test
  void aTransferInTheMiddleKeepsTheOrder() {
    List<Recorder<Void>> before = touch(2);
    Recorder<ByteBuffer> download = Recorder.of(g.download("/down"));
    List<Recorder<Void>> after = touch(2);
    ScriptedDaemon.Received first = expectTouch(0);
    ScriptedDaemon.Received second = expectTouch(1);
    daemon.expectNothing();

    first.reply(null);
    daemon.expectNothing();
    second.reply(null);
    daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
    daemon.sendChunks(new byte[] {1});
    daemon.expectNothing();
    daemon.sendEndOfFile();
    first = expectTouch(0);
    second = expectTouch(1);
    first.reply(null);
    second.reply(null);
    before.get(1).assertComplete();
    download.assertComplete();
    after.get(1).assertComplete();
  }

  @Test
  void theLastFlushIsAloneOnTheWire() {
    Recorder<Void> before = Recorder.of(g.touch("/0"));
    Recorder<Void> close = Recorder.of(g.close());
    ScriptedDaemon.Received first = expectTouch(0);
    daemon.expectNothing();
    first.reply(null);
    before.assertComplete();
    daemon.expect(InternalDescriptors.INTERNAL_AUTOSYNC).reply(null);
    close.assertComplete();
  }

  @Test
  void aCallInsideOnNextOfAListCompletesWhileOthersAreOnTheWire() {
    Recorder<Void> nested =
        Recorder.of(g.vgs().concatMap(name -> g.touch("/" + name)).then(g.touch("/9")));
    List<Recorder<Void>> others = touch(2);
    ScriptedDaemon.Received list = daemon.expect(LvmDescriptors.VGS);
    ScriptedDaemon.Received first = expectTouch(0);
    ScriptedDaemon.Received second = expectTouch(1);
    list.reply(List.of("5", "6"));
    ScriptedDaemon.Received inner = expectTouch(5);
    first.reply(null);
    second.reply(null);
    inner.reply(null);
    expectTouch(6).reply(null);
    expectTouch(9).reply(null);
    others.get(1).assertComplete();
    nested.assertComplete();
  }

  @Test
  void aCancelledCallThatWasSentKeepsItsPlace() {
    List<Recorder<Void>> calls = touch(4);
    ScriptedDaemon.Received first = expectTouch(0);
    ScriptedDaemon.Received second = expectTouch(1);
    ScriptedDaemon.Received third = expectTouch(2);
    calls.get(1).cancel();
    daemon.expectNothing();

    first.reply(null);
    ScriptedDaemon.Received fourth = expectTouch(3);
    second.reply(null);
    third.reply(null);
    fourth.reply(null);
    calls.get(1).assertNothingYet();
    calls.get(2).assertComplete();
    calls.get(3).assertComplete();
  }

  @Test
  void aTimeoutOfOneDoesNotDisturbTheOthers() {
    List<Recorder<Void>> calls = touch(1);
    daemon.pass(Duration.ofSeconds(5));
    calls.addAll(touch(1));
    ScriptedDaemon.Received first = expectTouch(0);
    ScriptedDaemon.Received second = expectTouch(0);
    daemon.pass(Duration.ofSeconds(5));
    calls.get(0).assertError(CallTimeoutException.class);
    first.reply(null);
    second.reply(null);
    calls.get(1).assertComplete();
  }

  @Test
  void deathInTheMiddleFailsAll() {
    List<Recorder<Void>> calls = touch(5);
    expectTouch(0).reply(null);
    daemon.appliance.die();
    daemon.run();
    calls.get(0).assertComplete();
    for (Recorder<Void> call : calls.subList(1, 5)) {
      call.assertError(ApplianceDiedException.class);
    }
    expectTouch(1);
    expectTouch(2);
    expectTouch(3);
  }
}
