package io.guestfs;

import io.guestfs.appliance.ApplianceEvent;
import java.util.function.Consumer;

/** Hands the events of a machine to whoever has it at the time. */
final class EventRelay implements Consumer<ApplianceEvent> {

  private volatile Consumer<ApplianceEvent> receiver;

  EventRelay(Consumer<ApplianceEvent> receiver) {
    this.receiver = receiver;
  }

  void to(Consumer<ApplianceEvent> next) {
    receiver = next;
  }

  @Override
  public void accept(ApplianceEvent event) {
    receiver.accept(event);
  }
}
