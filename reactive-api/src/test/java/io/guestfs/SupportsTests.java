package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.FilesystemDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.frame.Direction;
import io.guestfs.protocol.frame.MessageHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls a daemon has. */
@Timeout(60)
class SupportsTests {

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  /** No daemon carries this out: the bit is that of no optional argument, and nothing follows. */
  private ScriptedDaemon.Received expectProbe(CallDescriptor<?> call) {
    ScriptedDaemon.Received probe = daemon.expectBare(call);
    MessageHeader header = probe.header();
    assertThat(header.direction()).isEqualTo(Direction.CALL);
    assertThat(call.knowsOptions(header.optionalArguments())).isFalse();
    return probe;
  }

  @Test
  void aCallThatIsRefusedForItsArgumentIsThere() {
    Recorder<Boolean> supports = Recorder.of(g.supports("mkfs"));
    expectProbe(FilesystemDescriptors.MKFS).fail("EINVAL", "unknown option in bitmask");
    assertThat(supports.values()).containsExactly(true);
    daemon.assertInStep();
  }

  @Test
  void aProcedureThatIsNotKnownIsNotThere() {
    Recorder<Boolean> ours = Recorder.of(g.supports("mkfs"));
    expectProbe(FilesystemDescriptors.MKFS).fail("ENOSYS", "not known");
    Recorder<Boolean> theirs = Recorder.of(g.supports("mkfs"));
    expectProbe(FilesystemDescriptors.MKFS)
        .fail("", "dispatch_incoming_message: unknown procedure number 278, set LIBGUESTFS_PATH");
    assertThat(ours.values()).containsExactly(false);
    assertThat(theirs.values()).containsExactly(false);
    daemon.assertInStep();
  }

  @Test
  void aDaemonThatWaitsForAFileIsToldThatThereIsNone() {
    Recorder<Boolean> supports = Recorder.of(g.supports("upload"));
    ScriptedDaemon.Received probe = expectProbe(TransferDescriptors.UPLOAD);
    daemon.sendCancelFlag();
    daemon.expectCancelChunk();
    probe.fail("EINVAL", "unknown option in bitmask");
    assertThat(supports.values()).containsExactly(true);
    daemon.assertInStep();
  }

  @Test
  void nobodyIsAskedAboutWhatTheLibraryDoes() {
    assertThat(Recorder.of(g.supports("cat")).values()).containsExactly(true);
    assertThat(Recorder.of(g.supports("frobnicate")).values()).containsExactly(false);
    daemon.expectNothing();
  }

  @Test
  void aDaemonThatCarriesItOutIsNotTrusted() {
    Recorder<Boolean> supports = Recorder.of(g.supports("mkfs"));
    expectProbe(FilesystemDescriptors.MKFS).reply(null);
    supports.assertError(ProtocolViolationException.class);
    daemon.assertPoisoned();
  }

  @Test
  void aQuestionThatIsCancelledIsAnsweredAllTheSame() {
    Recorder<Boolean> supports = Recorder.of(g.supports("mkfs"));
    ScriptedDaemon.Received probe = expectProbe(FilesystemDescriptors.MKFS);
    supports.cancel();
    probe.fail("EINVAL", "unknown option in bitmask");
    supports.assertNothingYet();
    daemon.assertInStep();
  }
}
