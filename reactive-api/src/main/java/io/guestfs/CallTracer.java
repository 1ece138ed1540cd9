package io.guestfs;

import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.frame.MessageHeader;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which calls are made and what becomes of them, and which messages go over the wire for that,
 * when either was asked for.
 */
final class CallTracer {

  private static final Logger TRACE = LoggerFactory.getLogger("io.guestfs.trace");
  private static final Logger DEBUG = LoggerFactory.getLogger("io.guestfs.debug");

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

  void sent(Exchange exchange, int serial, ByteBuf frame) {
    if (properties.verbose()) {
      // The length before a message does not count, as it does not where one is received.
      int bytes = frame.readableBytes() - Integer.BYTES;
      debug("%s: sent a message of %d bytes, serial %d".formatted(exchange.name(), bytes, serial));
    }
  }

  void answered(Exchange exchange, MessageHeader reply, int bytes) {
    if (properties.verbose()) {
      debug(
          "%s: received a reply of %d bytes, serial %d, status %s"
              .formatted(exchange.name(), bytes, reply.serial(), reply.status()));
    }
  }

  private void say(String text) {
    String line = identified(text);
    TRACE.info(line);
    events.emit(new GuestfsEvent.Trace(line));
  }

  private void debug(String text) {
    String line = identified(text);
    DEBUG.info(line);
    events.emit(new GuestfsEvent.Debug(line));
  }

  private String identified(String text) {
    String identifier = properties.identifier();
    return identifier.isEmpty() ? text : identifier + ": " + text;
  }
}
