package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls about the handle itself, which send nothing. */
@Timeout(60)
class HandleCallTests {

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  private static <T> T get(Mono<T> call) {
    return Objects.requireNonNull(call.block(Duration.ofSeconds(20)));
  }

  @Test
  void stateIsThatOfTheConnection() {
    assertThat(get(g.getState())).isEqualTo(2);
    assertThat(get(g.isReady())).isTrue();
    assertThat(get(g.isBusy())).isFalse();
    assertThat(get(g.isConfig())).isFalse();
    assertThat(get(g.isLaunching())).isFalse();

    Recorder<Void> ping = Recorder.of(g.pingDaemon());
    ScriptedDaemon.Received call = daemon.expect(DaemonDescriptors.PING_DAEMON);
    assertThat(get(g.isBusy())).isTrue();
    assertThat(get(g.getState())).isEqualTo(3);
    call.reply(null);
    ping.assertComplete();
    assertThat(get(g.isBusy())).isFalse();
  }

  @Test
  void settingsAreThoseOfTheLaunch() {
    assertThat(get(g.getMemsize())).isEqualTo(1280);
    assertThat(get(g.getSmp())).isEqualTo(1);
    assertThat(get(g.getNetwork())).isFalse();
    assertThat(get(g.getHv())).isEqualTo("qemu-system-x86_64");
    assertThat(get(g.getBackend())).isEqualTo("direct");
    assertThat(g.getAppend().blockOptional()).isEmpty();
    assertThat(get(g.getBackendSettings().collectList())).isEqualTo(List.of("force_tcg"));
    assertThat(get(g.getBackendSetting("force_tcg"))).isEqualTo("1");
    Recorder<String> unknown = Recorder.of(g.getBackendSetting("gdb"));
    assertThat(unknown.assertError(CallFailedException.class).errnoName()).isEqualTo("ESRCH");
  }

  @Test
  @SuppressWarnings("deprecation") // they are to work all the same
  void whatIsKeptForOlderProgramsHasItsDefaults() {
    assertThat(get(g.getPgroup())).isTrue();
    assertThat(get(g.getRecoveryProc())).isTrue();
    assertThat(get(g.getDirect())).isFalse();
    assertThat(get(g.getSelinux())).isFalse();
  }

  @Test
  void everyHandleHasANumberOfItsOwn() {
    ScriptedDaemon other = new ScriptedDaemon();
    assertThat(get(g.cPointer())).isPositive().isEqualTo(get(g.cPointer()));
    assertThat(get(other.guestfs.cPointer())).isNotEqualTo(get(g.cPointer()));
    other.assertNothingLeaked();
  }

  @Test
  @SuppressWarnings("deprecation") // it is to answer all the same
  void disksCannotBeTakenAway() {
    CallFailedException failure =
        Recorder.of(g.removeDrive("data")).assertError(CallFailedException.class);
    assertThat(failure.errnoName()).isEmpty();
    assertThat(failure).hasMessageContainingAll("remove_drive", "data");
  }

  @Test
  void traceCanBeTurnedOffAndHasTheIdentifier() {
    get(g.setIdentifier("first").thenReturn(true));
    Recorder<Void> ping = Recorder.of(g.pingDaemon());
    daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    ping.assertComplete();
    assertThat(daemon.events)
        .filteredOn(GuestfsEvent.Trace.class::isInstance)
        .extracting(Object::toString)
        .first()
        .asString()
        .contains("first: ping_daemon");

    daemon.events.clear();
    get(g.setTrace(false).thenReturn(true));
    assertThat(get(g.getTrace())).isFalse();
    Recorder<Void> second = Recorder.of(g.pingDaemon());
    daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    second.assertComplete();
    assertThat(daemon.events).noneMatch(GuestfsEvent.Trace.class::isInstance);
  }

  @Test
  void anIdentifierDoesNotBreakTheLine() {
    Recorder<Void> blank = Recorder.of(g.setIdentifier("two words"));
    assertThat(blank.assertError(CallFailedException.class).errnoName()).isEqualTo("EINVAL");
    Recorder.of(g.setIdentifier("")).assertComplete();
  }

  @Test
  void verboseShowsTheMessagesOfCalls() {
    get(g.setVerbose(true).thenReturn(true));
    Recorder<Boolean> exists = Recorder.of(g.exists("/secret"));
    daemon.expect(AttributeDescriptors.EXISTS).reply(true);
    exists.assertComplete();
    assertThat(daemon.events)
        .contains(
            new GuestfsEvent.Debug("exists: sent a message of 52 bytes, serial 1"),
            new GuestfsEvent.Debug("exists: received a reply of 44 bytes, serial 1, status OK"));

    daemon.events.clear();
    get(g.setVerbose(false).thenReturn(true));
    Recorder<Void> ping = Recorder.of(g.pingDaemon());
    daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    ping.assertComplete();
    assertThat(daemon.events).noneMatch(GuestfsEvent.Debug.class::isInstance);
  }

  @Test
  void userCancelBreaksAnUploadOff() {
    Recorder<Void> upload = Recorder.of(g.upload(Flux.<ByteBuffer>never(), "/a"));
    ScriptedDaemon.Received call = daemon.expect(TransferDescriptors.UPLOAD);
    Recorder.of(g.userCancel()).assertComplete();
    daemon.expectCancelChunk();
    assertThat(upload.assertError(CallFailedException.class).errnoName()).isEqualTo("EINTR");
    call.fail("", "cancelled");
    daemon.assertInStep();
  }

  @Test
  void userCancelBreaksADownloadOff() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
    Recorder.of(g.userCancel()).assertComplete();
    daemon.expectCancelFlag();
    assertThat(download.assertError(CallFailedException.class).errnoName()).isEqualTo("EINTR");
    daemon.sendCancelChunk();
    daemon.assertInStep();
  }

  @Test
  void userCancelSparesOtherCalls() {
    Recorder.of(g.userCancel()).assertComplete();
    Recorder<Void> ping = Recorder.of(g.pingDaemon());
    ScriptedDaemon.Received call = daemon.expect(DaemonDescriptors.PING_DAEMON);
    Recorder.of(g.userCancel()).assertComplete();
    call.reply(null);
    ping.assertComplete();
  }

  @Test
  void withoutAutosyncNothingIsFlushed() {
    get(g.setAutosync(false).thenReturn(true));
    Recorder<Void> shutdown = Recorder.of(g.shutdown());
    daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    shutdown.assertComplete();
  }
}
