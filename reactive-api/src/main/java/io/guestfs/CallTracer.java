package io.guestfs;

import io.guestfs.protocol.call.CallDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which calls are made and what becomes of them, when that was asked for. */
final class CallTracer {

  private static final Logger LOG = LoggerFactory.getLogger("io.guestfs.trace");

  private final HandleProperties properties;
  private final EventHub events;

  CallTracer(HandleProperties properties, EventHub events) {
    this.properties = properties;
    this.events = events;
  }

  void called(Exchange exchange) {
    if (properties.trace()) {
      say(exchange.describe());
    }
  }

  void succeeded(CallDescriptor<?> call) {
    if (properties.trace()) {
      say(call.name() + " = 0");
    }
  }

  void failed(CallDescriptor<?> call, Throwable error) {
    if (properties.trace()) {
      say(call.name() + " = -1 (" + error.getMessage() + ")");
    }
  }

  private void say(String text) {
    String identifier = properties.identifier();
    String line = identifier.isEmpty() ? text : identifier + ": " + text;
    LOG.info(line);
    events.emit(new GuestfsEvent.Trace(line));
  }
}
