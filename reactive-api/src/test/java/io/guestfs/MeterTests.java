package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.observation.GuestfsMeter;
import io.guestfs.observation.GuestfsTag;
import io.guestfs.observation.MicrometerInstrumentation;
import io.guestfs.protocol.frame.Limits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.publisher.TestPublisher;

/** What the meters say of calls, on a clock that stands still. */
@Timeout(60)
class MeterTests {

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final ScriptedDaemon daemon =
      new ScriptedDaemon(
          ScriptedDaemon.TIMEOUTS,
          Limits.BASE,
          new GuardedInstrumentation(MicrometerInstrumentation.of(registry)));
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingStaysBehind() {
    daemon.appliance.die();
    daemon.run();
    assertThat(pending()).as("pending calls").isZero();
    assertThat(open()).as("open handles").isZero();
    daemon.assertNothingLeaked();
  }

  private int pending() {
    return registry.find(GuestfsMeter.CALLS_PENDING.key()).longTaskTimers().stream()
        .mapToInt(timer -> timer.activeTasks())
        .sum();
  }

  private int open() {
    return registry.get(GuestfsMeter.HANDLES_OPEN.key()).longTaskTimer().activeTasks();
  }

  private @Nullable Timer calls(String call, String outcome, String errno, String error) {
    return registry
        .find(GuestfsMeter.CALLS.key())
        .tags(
            GuestfsTag.CALL.key(), call,
            GuestfsTag.OUTCOME.key(), outcome,
            GuestfsTag.ERRNO.key(), errno,
            GuestfsTag.ERROR.key(), error)
        .timer();
  }

  private void assertOne(String call, String outcome, String errno, String error) {
    assertThat(registry.get(GuestfsMeter.CALLS.key()).timers().stream().mapToLong(Timer::count))
        .as("timers of calls")
        .containsExactly(1L);
    assertThat(calls(call, outcome, errno, error)).isNotNull();
  }

  private @Nullable Timer queue(String call) {
    return registry.find(GuestfsMeter.CALLS_QUEUE.key()).tag(GuestfsTag.CALL.key(), call).timer();
  }

  private double bytes(GuestfsMeter meter, String call) {
    Counter counter = registry.get(meter.key()).tag(GuestfsTag.CALL.key(), call).counter();
    assertThat(counter.getId().getBaseUnit()).isEqualTo("bytes");
    return counter.count();
  }

  private void pass(int seconds) {
    clock.add(Duration.ofSeconds(seconds));
  }

  private static double seconds(@Nullable Timer timer) {
    return Objects.requireNonNull(timer).totalTime(TimeUnit.SECONDS);
  }

  @Test
  void success() {
    Recorder<Void> touch = Recorder.of(g.touch("/a"));
    ScriptedDaemon.Received call = daemon.expect(FileDescriptors.TOUCH);
    assertThat(pending()).isEqualTo(1);
    pass(2);
    call.reply(null);
    touch.assertComplete();
    assertOne("touch", "success", "none", "none");
    assertThat(seconds(calls("touch", "success", "none", "none"))).isEqualTo(2);
  }

  @Test
  void errorWithErrno() {
    Recorder<Void> rm = Recorder.of(g.rm("/a"));
    daemon.expect(FileDescriptors.RM).fail("ENOENT", "/a: No such file or directory");
    rm.assertError(CallFailedException.class);
    assertOne("rm", "error", "ENOENT", "CallFailedException");
  }

  @Test
  void anErrnoThatLinuxDoesNotHaveMakesNoTagOfItsOwn() {
    for (String errno : new String[] {"EVIL1", "EVIL2"}) {
      Recorder<Void> rm = Recorder.of(g.rm("/a"));
      daemon.expect(FileDescriptors.RM).fail(errno, "made up");
      rm.assertError(CallFailedException.class);
    }
    assertThat(registry.get(GuestfsMeter.CALLS.key()).timers()).hasSize(1);
    assertThat(Objects.requireNonNull(calls("rm", "error", "other", "CallFailedException")).count())
        .isEqualTo(2);
  }

  @Test
  void errorWithoutErrno() {
    Recorder<Void> rm = Recorder.of(g.rm("/a"));
    daemon.expect(FileDescriptors.RM).fail("", "it did not work");
    rm.assertError(CallFailedException.class);
    assertOne("rm", "error", "none", "CallFailedException");
  }

  @Test
  void timeThatACallWaitsForOthers() {
    Recorder.of(g.touch("/a"));
    Recorder.of(g.rm("/a"));
    ScriptedDaemon.Received touch = daemon.expect(FileDescriptors.TOUCH);
    assertThat(seconds(queue("touch"))).isZero();
    assertThat(queue("rm")).isNull();
    pass(3);
    touch.reply(null);
    ScriptedDaemon.Received rm = daemon.expect(FileDescriptors.RM);
    assertThat(seconds(queue("rm"))).isEqualTo(3);
    pass(4);
    rm.reply(null);
    assertThat(seconds(calls("rm", "success", "none", "none"))).isEqualTo(7);
    assertThat(seconds(queue("rm"))).isEqualTo(3);
  }

  @Test
  void cancelOfACallThatWaits() {
    Recorder.of(g.touch("/a"));
    Recorder<Void> rm = Recorder.of(g.rm("/a"));
    ScriptedDaemon.Received touch = daemon.expect(FileDescriptors.TOUCH);
    rm.cancel();
    daemon.run();
    assertOne("rm", "cancelled", "none", "none");
    assertThat(queue("rm")).isNull();
    touch.reply(null);
  }

  @Test
  void cancelOfACallThatRuns() {
    Recorder<Void> rm = Recorder.of(g.rm("/a"));
    ScriptedDaemon.Received call = daemon.expect(FileDescriptors.RM);
    rm.cancel();
    daemon.run();
    assertOne("rm", "cancelled", "none", "none");
    call.fail("ENOENT", "too late");
    daemon.run();
    assertOne("rm", "cancelled", "none", "none");
  }

  @Test
  void contentOfAnUploadIsCountedWhileItFlows() {
    TestPublisher<ByteBuffer> source = TestPublisher.create();
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    ScriptedDaemon.Received call = daemon.expect(TransferDescriptors.UPLOAD);
    source.next(ByteBuffer.allocate(20_000));
    daemon.run();
    assertThat(bytes(GuestfsMeter.CONTENT_SENT, "upload")).isEqualTo(20_000);
    source.next(ByteBuffer.allocate(5));
    source.complete();
    daemon.run();
    assertThat(bytes(GuestfsMeter.CONTENT_SENT, "upload")).isEqualTo(20_005);
    call.reply(null);
    upload.assertComplete();
    assertOne("upload", "success", "none", "none");
  }

  @Test
  void anErrorOfWhatIsUploadedMakesNoTagOfItsOwn() {
    TestPublisher<ByteBuffer> source = TestPublisher.create();
    Recorder<Void> upload = Recorder.of(g.upload(source, "/a"));
    daemon.expect(TransferDescriptors.UPLOAD);
    source.error(new IOException("disk on fire"));
    daemon.run();
    upload.assertError(IOException.class);
    assertOne("upload", "error", "none", "other");
  }

  @Test
  void contentOfADownloadIsCountedWhileItFlows() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
    daemon.sendChunks(new byte[8192], new byte[100]);
    assertThat(bytes(GuestfsMeter.CONTENT_RECEIVED, "download")).isEqualTo(8292);
    assertThat(pending()).isEqualTo(1);
    daemon.sendChunks(new byte[8]);
    daemon.sendEndOfFile();
    download.assertComplete();
    assertThat(bytes(GuestfsMeter.CONTENT_RECEIVED, "download")).isEqualTo(8300);
    assertOne("download", "success", "none", "none");
  }

  @Test
  void contentOfACancelledDownloadIsNotCountedAnyMore() {
    Recorder<ByteBuffer> download = Recorder.of(g.download("/a"));
    daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
    daemon.sendChunks(new byte[10]);
    download.cancel();
    daemon.expectCancelFlag();
    daemon.sendChunks(new byte[10]);
    daemon.sendCancelChunk();
    assertThat(bytes(GuestfsMeter.CONTENT_RECEIVED, "download")).isEqualTo(10);
    assertOne("download", "cancelled", "none", "none");
  }

  @Test
  void deathOfTheAppliance() {
    assertThat(open()).isEqualTo(1);
    Recorder<Void> running = Recorder.of(g.touch("/a"));
    Recorder<Void> waiting = Recorder.of(g.touch("/b"));
    daemon.expect(FileDescriptors.TOUCH);
    daemon.appliance.die();
    daemon.run();
    running.assertError(ApplianceDiedException.class);
    waiting.assertError(ApplianceDiedException.class);
    assertThat(open()).isZero();
    Timer died = calls("touch", "error", "none", "ApplianceDiedException");
    assertThat(Objects.requireNonNull(died).count()).isEqualTo(2);
    assertThat(Objects.requireNonNull(queue("touch")).count()).isEqualTo(1);
  }

  @Test
  void callsThatAreRefused() {
    for (int i = 0; i < ScriptedDaemon.ADMISSION; i++) {
      Recorder.of(g.touch("/" + i));
    }
    Recorder.of(g.rm("/a")).assertError(CallRejectedException.class);
    assertOne("rm", "error", "none", "CallRejectedException");
    assertThat(pending()).isEqualTo(ScriptedDaemon.ADMISSION);
  }

  @Test
  void callsThatTakeTooLong() {
    Recorder<Void> rm = Recorder.of(g.rm("/a"));
    daemon.expect(FileDescriptors.RM);
    daemon.pass(Duration.ofSeconds(10));
    rm.assertError(CallTimeoutException.class);
    assertOne("rm", "error", "none", "CallTimeoutException");
  }

  @Test
  void aQuestionForACallIsNoneOfThatName() {
    Recorder<Boolean> supports = Recorder.of(g.supports("touch"));
    daemon.expectBare(FileDescriptors.TOUCH).fail("ENOTSUP", "unknown procedure number");
    assertThat(supports.values()).containsExactly(false);
    assertOne("supports", "success", "none", "none");
  }

  @Test
  void everySubscriptionIsACall() {
    var ping = g.pingDaemon();
    assertThat(registry.find(GuestfsMeter.CALLS_PENDING.key()).longTaskTimers()).isEmpty();
    for (int i = 0; i < 3; i++) {
      Recorder.of(ping);
      daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    }
    assertThat(Objects.requireNonNull(calls("ping_daemon", "success", "none", "none")).count())
        .isEqualTo(3);
  }
}
