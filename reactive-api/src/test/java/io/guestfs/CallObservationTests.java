package io.guestfs;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.observation.MicrometerInstrumentation;
import io.guestfs.protocol.frame.Limits;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** What a trace is told of calls. */
@Timeout(60)
class CallObservationTests {

  private final TestObservationRegistry registry = TestObservationRegistry.create();
  private final ScriptedDaemon daemon =
      new ScriptedDaemon(
          ScriptedDaemon.TIMEOUTS,
          Limits.BASE,
          new GuardedInstrumentation(MicrometerInstrumentation.of(registry)));
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  @Test
  void success() {
    Recorder<Void> touch = Recorder.of(g.touch("/a"));
    ScriptedDaemon.Received call = daemon.expect(FileDescriptors.TOUCH);
    assertThat(registry)
        .hasSingleObservationThat()
        .hasNameEqualTo("guestfs.call")
        .hasContextualNameEqualTo("guestfs touch")
        .hasBeenStarted()
        .isNotStopped()
        .hasEvent("guestfs.call.sent")
        .doesNotHaveParentObservation();
    call.reply(null);
    touch.assertComplete();
    assertThat(registry)
        .hasSingleObservationThat()
        .hasBeenStopped()
        .doesNotHaveError()
        .hasOnlyKeys("call", "outcome", "errno", "content.sent", "content.received")
        .hasLowCardinalityKeyValue("call", "touch")
        .hasLowCardinalityKeyValue("outcome", "success")
        .hasLowCardinalityKeyValue("errno", "none");
  }

  @Test
  void theParentIsInTheContextOfTheSubscriber() {
    Observation parent = Observation.start("job", registry);
    Mono<Void> touch =
        g.touch("/a").contextWrite(context -> context.put("micrometer.observation", parent));
    Recorder<Void> recorder = Recorder.of(touch);
    daemon.expect(FileDescriptors.TOUCH).reply(null);
    recorder.assertComplete();
    parent.stop();
    assertThat(registry)
        .hasObservationWithNameEqualTo("guestfs.call")
        .that()
        .hasParentObservationEqualTo(parent);
  }

  @Test
  void otherwiseTheParentIsTheCurrentOneOfTheThreadThatSubscribes() {
    Observation parent = Observation.start("job", registry);
    parent.scoped(() -> Recorder.of(g.touch("/a")));
    daemon.expect(FileDescriptors.TOUCH).reply(null);
    daemon.run();
    parent.stop();
    assertThat(registry)
        .hasObservationWithNameEqualTo("guestfs.call")
        .that()
        .hasParentObservationEqualTo(parent);
  }

  @Test
  void errorWithErrno() {
    Recorder<Void> rm = Recorder.of(g.rm("/a"));
    daemon.expect(FileDescriptors.RM).fail("ENOENT", "/a: No such file or directory");
    CallFailedException error = rm.assertError(CallFailedException.class);
    assertThat(registry)
        .hasSingleObservationThat()
        .hasBeenStopped()
        .hasLowCardinalityKeyValue("outcome", "error")
        .hasLowCardinalityKeyValue("errno", "ENOENT")
        .thenError()
        .isSameAs(error);
  }

  @Test
  void cancelOfACallThatWaits() {
    Recorder.of(g.touch("/a"));
    ScriptedDaemon.Received touch = daemon.expect(FileDescriptors.TOUCH);
    Recorder<Void> rm = Recorder.of(g.rm("/a"));
    rm.cancel();
    daemon.run();
    touch.reply(null);
    assertThat(registry)
        .hasNumberOfObservationsEqualTo(2)
        .hasAnObservationWithAKeyValue("outcome", "cancelled")
        .hasAnObservationWithAKeyValue("call", "rm");
  }

  @Test
  void contentOfTransfers() {
    Recorder<Void> upload = Recorder.of(g.upload(Mono.just(ByteBuffer.allocate(7)), "/a"));
    daemon.expect(TransferDescriptors.UPLOAD).reply(null);
    upload.assertComplete();
    assertThat(registry)
        .hasSingleObservationThat()
        .hasHighCardinalityKeyValue("content.sent", "7")
        .hasHighCardinalityKeyValue("content.received", "0");
  }

  @Test
  void aBrokenInstrumentationChangesNothing() {
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<>() {
              @Override
              public void onStart(Observation.Context context) {
                throw new IllegalStateException("told to fail");
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
    Recorder<Void> touch = Recorder.of(g.touch("/a"));
    daemon.expect(FileDescriptors.TOUCH).reply(null);
    touch.assertComplete();
    daemon.assertInStep();
  }
}
