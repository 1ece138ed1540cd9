package io.guestfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.value.Key;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.DeviceDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.FilesystemDescriptors;
import io.guestfs.calls.wire.LuksDescriptors;
import io.guestfs.calls.wire.LvmDescriptors;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Calls without file content. */
@Timeout(60)
class PlainCallTests {

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  @Test
  void nothingIsSentBeforeSubscription() {
    Mono<Void> touch = g.touch("/a");
    daemon.expectNothing();

    Recorder<Void> first = Recorder.of(touch);
    daemon.expect(FileDescriptors.TOUCH).reply(null);
    first.assertComplete();

    Recorder.of(touch);
    assertThat(daemon.expect(FileDescriptors.TOUCH).argument(0)).isEqualTo("/a");
  }

  @Test
  void givesTheResult() {
    Recorder<Boolean> exists = Recorder.of(g.exists("/a"));
    daemon.expect(AttributeDescriptors.EXISTS).reply(true);
    assertThat(exists.values()).containsExactly(true);
    exists.assertComplete();
  }

  @Test
  void sendsTheBitsOfOptionsThatAreGiven() {
    Recorder.of(g.mkfs("ext4", "/dev/sda1", MkfsOptions.defaults().label("boot").inode(256)));
    ScriptedDaemon.Received mkfs = daemon.expect(FilesystemDescriptors.MKFS);
    assertThat(mkfs.header().optionalArguments()).isEqualTo(0b10100);
    assertThat((Object[]) mkfs.argument(2)).containsExactly(null, null, 256, null, "boot");
  }

  @Test
  void givesTheErrorOfTheDaemon() {
    Recorder<Void> rm = Recorder.of(g.rm("/a"));
    daemon.expect(FileDescriptors.RM).fail("ENOENT", "/a: No such file or directory");
    CallFailedException error = rm.assertError(CallFailedException.class);
    assertThat(error.call()).isEqualTo("rm");
    assertThat(error.errnoName()).isEqualTo("ENOENT");
    assertThat(error.errno()).isEqualTo(2);
    assertThat(error).hasMessage("rm: /a: No such file or directory (ENOENT)");
    daemon.assertInStep();
  }

  @Test
  void whatAUserKeepsWithAHandleStaysThere() {
    g.privateData().put("job", 17);
    assertThat(g.privateData()).containsExactly(Map.entry("job", 17));
    assertThat(new ScriptedDaemon().guestfs.privateData()).isEmpty();
  }

  @Test
  void callsAreSentOneAfterTheOther() {
    Recorder<Void> first = Recorder.of(g.touch("/1"));
    Recorder<Void> second = Recorder.of(g.touch("/2"));
    ScriptedDaemon.Received call = daemon.expect(FileDescriptors.TOUCH);
    daemon.expectNothing();
    assertThat(g.state()).isEqualTo(GuestfsState.BUSY);

    call.reply(null);
    first.assertComplete();
    second.assertNothingYet();
    call = daemon.expect(FileDescriptors.TOUCH);
    assertThat(call.argument(0)).isEqualTo("/2");
    call.reply(null);
    second.assertComplete();
    assertThat(g.state()).isEqualTo(GuestfsState.READY);
  }

  @Test
  void serialsDiffer() {
    Recorder.of(g.pingDaemon());
    ScriptedDaemon.Received first = daemon.expect(DaemonDescriptors.PING_DAEMON);
    first.reply(null);
    Recorder.of(g.pingDaemon());
    assertThat(daemon.expect(DaemonDescriptors.PING_DAEMON).header().serial())
        .isNotEqualTo(first.header().serial());
  }

  @Test
  void aCallInsideOnNextOfAListCompletes() {
    List<Boolean> answers = new ArrayList<>();
    Recorder<Boolean> nested =
        Recorder.of(g.vgs().concatMap(name -> g.exists("/dev/" + name)).doOnNext(answers::add));
    daemon.expect(LvmDescriptors.VGS).reply(List.of("vg0", "vg1"));
    daemon.expect(AttributeDescriptors.EXISTS).reply(true);
    daemon.expect(AttributeDescriptors.EXISTS).reply(false);
    nested.assertComplete();
    assertThat(answers).containsExactly(true, false);
  }

  @Test
  void aListIsFreeOfTheHandleBeforeItIsRead() {
    Recorder<String> list = Recorder.of(g.vgs(), 1);
    daemon.expect(LvmDescriptors.VGS).reply(List.of("vg0", "vg1"));
    assertThat(list.values()).containsExactly("vg0");
    daemon.assertInStep();
    list.request(1);
    assertThat(list.values()).containsExactly("vg0", "vg1");
    list.assertComplete();
  }

  @Test
  void aCancelledCallThatWaitsIsNotSent() {
    Recorder.of(g.touch("/1"));
    Recorder<Void> second = Recorder.of(g.touch("/2"));
    ScriptedDaemon.Received first = daemon.expect(FileDescriptors.TOUCH);
    second.cancel();
    daemon.run();
    first.reply(null);
    daemon.expectNothing();
    daemon.assertInStep();
  }

  @Test
  void aCallThatIsCancelledAtOnceIsBroughtToItsEnd() {
    Recorder<Void> touch = Recorder.of(g.touch("/1"));
    touch.cancel();
    daemon.expect(FileDescriptors.TOUCH).reply(null);
    touch.assertNothingYet();
    daemon.assertInStep();
  }

  @Test
  void aCancelledCallThatRunsKeepsItsPlaceUntilTheReply() {
    Recorder<Void> first = Recorder.of(g.touch("/1"));
    ScriptedDaemon.Received call = daemon.expect(FileDescriptors.TOUCH);
    Recorder<Void> second = Recorder.of(g.touch("/2"));
    first.cancel();
    daemon.expectNothing();
    call.reply(null);
    daemon.expect(FileDescriptors.TOUCH).reply(null);
    second.assertComplete();
    first.assertNothingYet();
  }

  @Test
  void cancellingAfterTheReplyDoesNothing() {
    Recorder<Void> first = Recorder.of(g.touch("/1"));
    daemon.expect(FileDescriptors.TOUCH).reply(null);
    first.cancel();
    first.assertComplete();
    daemon.assertInStep();
  }

  @Test
  void moreCallsThanTheLimitAreRejectedAtOnce() {
    List<Recorder<Void>> calls = new ArrayList<>();
    for (int i = 0; i < ScriptedDaemon.ADMISSION; i++) {
      calls.add(Recorder.of(g.pingDaemon()));
    }
    CallRejectedException rejection =
        Recorder.of(g.touch("/a")).assertError(CallRejectedException.class);
    assertThat(rejection).hasMessageContaining("touch").hasMessageContaining("8");

    calls.get(3).cancel();
    daemon.run();
    Recorder<Void> fits = Recorder.of(g.touch("/a"));
    for (int i = 0; i < ScriptedDaemon.ADMISSION - 1; i++) {
      daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    }
    daemon.expect(FileDescriptors.TOUCH).reply(null);
    fits.assertComplete();
  }

  @Test
  void anArgumentThatCannotTravelIsRefusedByName() {
    CallRejectedException rejection = rejected(Recorder.of(g.touch("/a\0b")));
    assertThat(rejection).hasMessageContaining("touch").hasMessageContaining("path");
    daemon.assertInStep();
  }

  @Test
  void aMessageOverTheLimitIsRefused() {
    byte[] content = new byte[ProtocolConstants.MESSAGE_MAX];
    CallRejectedException rejection = rejected(Recorder.of(g.pwrite("/a", content, 0)));
    assertThat(rejection)
        .hasMessageContaining("pwrite")
        .hasMessageContaining(String.valueOf(ProtocolConstants.MESSAGE_MAX));
    daemon.assertInStep();
  }

  private CallRejectedException rejected(Recorder<?> call) {
    daemon.expectNothing();
    return call.assertError(CallRejectedException.class);
  }

  @Test
  void theTimeoutCountsWaiting() {
    Recorder<Void> first = Recorder.of(g.sleep(100));
    ScriptedDaemon.Received sleep = daemon.expect(DaemonDescriptors.SLEEP);
    daemon.pass(Duration.ofSeconds(5));
    Recorder<Void> second = Recorder.of(g.touch("/2"));
    daemon.pass(Duration.ofSeconds(5));
    assertThat(first.assertError(CallTimeoutException.class))
        .hasMessage("sleep: 10000 ms went by without a reply");
    second.assertNothingYet();
    daemon.pass(Duration.ofSeconds(5));
    assertThat(second.assertError(CallTimeoutException.class))
        .hasMessage("touch: 10000 ms went by while it waited behind sleep");

    sleep.reply(null);
    daemon.expectNothing();
    daemon.assertInStep();
  }

  @Test
  void aCallThatDoesNotEndAfterItWasCancelledPoisons() {
    Recorder<Void> running = Recorder.of(g.sleep(100));
    daemon.expect(DaemonDescriptors.SLEEP);
    running.cancel();
    daemon.pass(Duration.ofSeconds(29));
    Recorder<Void> waiting = Recorder.of(g.touch("/a"));
    daemon.pass(Duration.ofSeconds(1));
    assertThat(waiting.assertError(ProtocolViolationException.class))
        .hasMessageContaining("touch")
        .hasMessageContaining("sleep did not end within 30000 ms");
    daemon.assertPoisoned();
  }

  @Test
  void progressReachesTheCallsListenerAndEndsWithAllOfIt() {
    List<GuestfsEvent.Progress> seen = new ArrayList<>();
    Recorder<Void> zero =
        Recorder.of(g.zero("/dev/sda").contextWrite(GuestfsEvent.Progress.listener(seen::add)));
    ScriptedDaemon.Received call = daemon.expect(DeviceDescriptors.ZERO);
    call.progress(1, 4);
    call.progress(9, 4);
    call.progress(-1, 0);
    call.progress(2, 4);
    call.reply(null);
    zero.assertComplete();
    assertThat(seen)
        .containsExactly(
            new GuestfsEvent.Progress("zero", 1, 4),
            new GuestfsEvent.Progress("zero", 4, 4),
            new GuestfsEvent.Progress("zero", 1, 1),
            new GuestfsEvent.Progress("zero", 2, 4),
            new GuestfsEvent.Progress("zero", 4, 4));
    daemon.run();
    assertThat(daemon.events).containsAll(seen);
  }

  @Test
  void aSubscriberThatTakesNoEventsHoldsNoCallUp() {
    Recorder<GuestfsEvent> slow = Recorder.of(g.events(), 0);
    // Each call is traced twice.
    int calls = 1 + EventHub.BUFFERED_EVENTS / 2;
    for (int i = 0; i < calls; i++) {
      daemon.assertInStep();
    }
    assertThat(g.droppedEvents()).isEqualTo(2);
    slow.assertNothingYet();
  }

  @Test
  void aKeyIsSentWithEverySubscriptionAndShownNowhere() {
    Key key = Key.of("secret".toCharArray());
    Mono<Void> kill = g.luksKillSlot("/dev/sda1", key, 1);
    for (int i = 0; i < 2; i++) {
      Recorder<Void> recorder = Recorder.of(kill);
      ScriptedDaemon.Received call = daemon.expect(LuksDescriptors.LUKS_KILL_SLOT);
      assertThat((byte[]) call.argument(1)).asString().isEqualTo("secret");
      call.reply(null);
      recorder.assertComplete();
    }
    daemon.run();
    assertThat(daemon.events)
        .contains(new GuestfsEvent.Trace("luks_kill_slot \"/dev/sda1\" *** 1"))
        .noneMatch(event -> event.toString().contains("secret"));
    key.close();
    assertThat(rejected(Recorder.of(kill))).hasMessageContaining("argument key was closed");
  }

  @Test
  void aKeyIsWipedOnceItWasWritten() {
    try (Key key = Key.of("secret".toCharArray())) {
      Recorder.of(g.luksKillSlot("/dev/sda1", key, 1));
      daemon.run();
    }
    ByteBuf message = daemon.channel.readOutbound();
    ByteBuffer memory = message.nioBuffer();
    assertThat(UTF_8.decode(memory.duplicate()).toString()).contains("secret");

    message.release();

    assertThat(memory).isEqualTo(ByteBuffer.allocate(memory.remaining()));
  }

  @Test
  void theTraceShowsNoContent() {
    Recorder.of(g.pwrite("/a \"b\"", new byte[] {1, 2, 3}, 7));
    daemon.expect(FileDescriptors.PWRITE).reply(3);
    daemon.run();
    assertThat(daemon.events)
        .contains(
            new GuestfsEvent.Trace("pwrite \"/a \\\"b\\\"\" <3 bytes> 7"),
            new GuestfsEvent.Trace("pwrite = 0"));
  }

  @Test
  void theTraceShowsNoContentThatIsAString() {
    Recorder.of(g.fillPattern("abc", 7, "/a"));
    daemon.expect(FileDescriptors.FILL_PATTERN).reply(null);
    daemon.run();
    assertThat(daemon.events)
        .contains(new GuestfsEvent.Trace("fill_pattern <3 characters> 7 \"/a\""));
  }
}
