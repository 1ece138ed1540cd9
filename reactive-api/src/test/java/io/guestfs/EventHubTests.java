package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events, whoever listens and however slowly. */
@Timeout(60)
class EventHubTests {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<GuestfsEvent> heard = new ArrayList<>();
  private final EventHub hub = new EventHub(channel.eventLoop(), heard::add);

  private void emit(int events) {
    for (int i = 0; i < events; i++) {
      hub.emit(new GuestfsEvent.Warning("" + i));
    }
    channel.runPendingTasks();
  }

  @Test
  void aSlowSubscriberLosesTheOldestEventsAndTheyAreCounted() {
    Recorder<GuestfsEvent> slow = Recorder.of(hub.events(), 0);
    Recorder<GuestfsEvent> fast = Recorder.of(hub.events());
    emit(EventHub.BUFFERED_EVENTS + 10);
    assertThat(hub.dropped()).isEqualTo(10);
    assertThat(fast.values()).hasSize(EventHub.BUFFERED_EVENTS + 10);
    slow.request(1);
    assertThat(slow.values()).containsExactly(new GuestfsEvent.Warning("10"));
  }

  @Test
  void aSubscriberHearsOfWhatComesAfterItSubscribed() {
    emit(1);
    Recorder<GuestfsEvent> late = Recorder.of(hub.events());
    late.assertNothingYet();
    emit(1);
    assertThat(late.values()).hasSize(1);
    assertThat(heard).hasSize(2);
  }

  @Test
  void aListenerThatFailsDisturbsNobody() {
    EventHub fragile =
        new EventHub(
            channel.eventLoop(),
            event -> {
              throw new IllegalStateException("no thanks");
            });
    Recorder<GuestfsEvent> subscriber = Recorder.of(fragile.events());
    fragile.emit(new GuestfsEvent.Warning("w"));
    channel.runPendingTasks();
    assertThat(subscriber.values()).hasSize(1);
  }

  @Test
  void aSubscriberThatCancelsEndsNothingForOthers() {
    Recorder<GuestfsEvent> first = Recorder.of(hub.events());
    first.cancel();
    Recorder<GuestfsEvent> second = Recorder.of(hub.events());
    emit(1);
    assertThat(second.values()).hasSize(1);
  }
}
