package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The end of a handle, wanted or not. */
@Timeout(60)
class CloseTests {

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  private ScriptedDaemon.Received expectAutosync() {
    return daemon.expect(InternalDescriptors.INTERNAL_AUTOSYNC);
  }

  @Test
  void flushesAndThenStopsTheAppliance() {
    Recorder<Void> close = Recorder.of(g.close());
    ScriptedDaemon.Received autosync = expectAutosync();
    assertThat(daemon.appliance.isStopped()).isFalse();
    autosync.reply(null);
    close.assertComplete();
    daemon.assertPoisoned();
    assertThat(daemon.events).contains(new GuestfsEvent.Closed());
  }

  @Test
  void nothingHappensBeforeSubscription() {
    Mono<Void> unused = g.close();
    daemon.expectNothing();
  }

  @Test
  void closesOnce() {
    Recorder<Void> first = Recorder.of(g.close());
    Recorder<Void> second = Recorder.of(g.close());
    first.cancel();
    expectAutosync().reply(null);
    daemon.expectNothing();
    second.assertComplete();
    Recorder.of(g.close()).assertComplete();
  }

  @Test
  void callsMadeBeforeRunToTheirEndAndLaterOnesAreRejected() {
    Recorder<Void> before = Recorder.of(g.touch("/a"));
    Recorder<Void> close = Recorder.of(g.close());
    Recorder<Void> after = Recorder.of(g.touch("/b"));
    ScriptedDaemon.Received touch = daemon.expect(FileDescriptors.TOUCH);
    assertThat(after.assertError(CallRejectedException.class)).hasMessageContaining("closed");
    touch.reply(null);
    before.assertComplete();
    expectAutosync().reply(null);
    close.assertComplete();
  }

  @Test
  void closingWorksWhenAsManyCallsArePendingAsMayBe() {
    for (int i = 0; i < ScriptedDaemon.ADMISSION; i++) {
      Recorder.of(g.touch("/a"));
    }
    Recorder<Void> close = Recorder.of(g.close());
    for (int i = 0; i < ScriptedDaemon.ADMISSION; i++) {
      daemon.expect(FileDescriptors.TOUCH).reply(null);
    }
    expectAutosync().reply(null);
    close.assertComplete();
  }

  @Test
  void anErrorOfTheFlushIsReportedAfterTheApplianceWasStopped() {
    Recorder<Void> close = Recorder.of(g.close());
    expectAutosync().fail("EIO", "/: Input/output error");
    assertThat(close.assertError(CallFailedException.class).errnoName()).isEqualTo("EIO");
    daemon.assertPoisoned();
  }

  @Test
  void aCallThatDoesNotEndIsCutOffAtTheCloseTimeout() {
    Recorder<Void> running = Recorder.of(g.upload(Flux.never(), "/a"));
    Recorder<Void> close = Recorder.of(g.close());
    daemon.expect(TransferDescriptors.UPLOAD);
    daemon.pass(Duration.ofSeconds(60));
    assertThat(close.assertError(CallTimeoutException.class))
        .hasMessageContaining("60000 ms")
        .hasMessageContaining("upload");
    assertThat(running.assertError(ApplianceDiedException.class))
        .hasMessageContaining("stopped by close()");
    daemon.assertPoisoned();
  }

  @Test
  void closingAfterTheApplianceDiedSaysSo() {
    daemon.appliance.die();
    daemon.run();
    Recorder<Void> close = Recorder.of(g.close());
    daemon.run();
    close.assertError(ApplianceDiedException.class);
    assertThat(daemon.appliance.isStopped()).isTrue();
  }

  @Test
  void deathFailsWhatRunsAndWhatWaitsAndRejectsTheRest() {
    Recorder<Void> running = Recorder.of(g.touch("/1"));
    Recorder<Void> waiting = Recorder.of(g.touch("/2"));
    daemon.expect(FileDescriptors.TOUCH);
    daemon.appliance.die();
    daemon.run();
    ApplianceDiedException death = running.assertError(ApplianceDiedException.class);
    assertThat(death.exit()).isNotNull().satisfies(exit -> assertThat(exit.signal()).hasValue(9));
    assertThat(death.console()).isEqualTo(FakeAppliance.CONSOLE);
    assertThat(waiting.assertError(ApplianceDiedException.class)).isNotSameAs(death);
    assertThat(g.state()).isEqualTo(GuestfsState.CONFIG);
    assertThat(daemon.events).hasAtLeastOneElementOfType(GuestfsEvent.ApplianceExited.class);

    Recorder<Void> later = Recorder.of(g.touch("/3"));
    daemon.run();
    assertThat(later.assertError(CallRejectedException.class))
        .hasCauseInstanceOf(ApplianceDiedException.class);
  }

  @Test
  void eventsEndWithTheHandle() {
    Recorder<GuestfsEvent> events = Recorder.of(g.events());
    Recorder.of(g.close());
    expectAutosync().reply(null);
    daemon.run();
    events.assertComplete();
    assertThat(events.values()).endsWith(new GuestfsEvent.Closed());
  }
}
