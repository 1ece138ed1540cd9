package io.guestfs.observation;

import io.guestfs.GuestfsInstrumentation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** Measures one call. */
final class MeteredCall implements GuestfsInstrumentation.Call {

  private final Meters meters;
  private final String name;
  private final Observation observation;
  private final long start;
  private final LongTaskTimer.Sample pending;
  private @Nullable Counter sentCounter;
  private @Nullable Counter receivedCounter;
  private long sent;
  private long received;

  /** Takes over an observation that was started. */
  MeteredCall(Meters meters, String name, Observation observation) {
    this.meters = meters;
    this.name = name;
    this.observation = observation;
    this.start = meters.now();
    this.pending = meters.callPending(name);
  }

  @Override
  public void sent() {
    meters.callSent(name, start);
    observation.event(Observation.Event.of(GuestfsMeter.CALL_SENT.key()));
  }

  @Override
  public void contentSent(int bytes) {
    if (sentCounter == null) {
      sentCounter = meters.contentSent(name);
    }
    sentCounter.increment(bytes);
    sent += bytes;
  }

  @Override
  public void contentReceived(int bytes) {
    if (receivedCounter == null) {
      receivedCounter = meters.contentReceived(name);
    }
    receivedCounter.increment(bytes);
    received += bytes;
  }

  @Override
  public void succeeded() {
    end(Outcome.SUCCESS);
  }

  @Override
  public void failed(Throwable error) {
    observation.error(error);
    end(Outcome.of(error));
  }

  @Override
  public void cancelled() {
    end(Outcome.CANCELLED);
  }

  private void end(Outcome outcome) {
    pending.stop();
    meters.callEnded(name, outcome, start);
    observation
        .lowCardinalityKeyValue(GuestfsTag.OUTCOME.key(), outcome.name())
        .lowCardinalityKeyValue(GuestfsTag.ERRNO.key(), outcome.errno())
        .highCardinalityKeyValue(GuestfsTag.CONTENT_SENT.key(), Long.toString(sent))
        .highCardinalityKeyValue(GuestfsTag.CONTENT_RECEIVED.key(), Long.toString(received))
        .stop();
  }
}
