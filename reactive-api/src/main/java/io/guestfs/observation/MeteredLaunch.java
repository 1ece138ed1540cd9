package io.guestfs.observation;

import io.guestfs.GuestfsInstrumentation;
import io.guestfs.GuestfsInstrumentation.LaunchSource;
import java.util.Locale;

/** Measures one launch. */
final class MeteredLaunch implements GuestfsInstrumentation.Launch {

  private final Meters meters;
  private final long start;

  /** Events come on another thread than a cancel may. */
  private volatile String source = GuestfsTag.NONE;

  MeteredLaunch(Meters meters) {
    this.meters = meters;
    this.start = meters.now();
  }

  @Override
  public void startingFrom(LaunchSource from) {
    source = from.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void succeeded() {
    end(Outcome.SUCCESS);
  }

  @Override
  public void failed(Throwable error) {
    end(Outcome.of(error));
  }

  @Override
  public void cancelled() {
    end(Outcome.CANCELLED);
  }

  private void end(Outcome outcome) {
    meters.launchEnded(source, outcome, start);
  }
}
