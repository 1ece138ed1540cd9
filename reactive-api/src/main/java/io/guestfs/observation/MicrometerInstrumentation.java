package io.guestfs.observation;

import io.guestfs.GuestfsInstrumentation;
import io.guestfs.GuestfsPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.Disposable;
import reactor.util.context.ContextView;

/**
 * Measures calls and launches with Micrometer: {@link GuestfsMeter} has the names. One serves any
 * number of builders; make one for a registry, since what pools have can be registered once only.
 *
 * <pre>{@code
 * Guestfs.builder().instrumentation(MicrometerInstrumentation.of(meters, observations))
 * }</pre>
 */
public final class MicrometerInstrumentation implements GuestfsInstrumentation {

  /**
   * Where an observation is found in the context of Reactor: what {@code
   * ObservationThreadLocalAccessor.KEY} is, whose class needs another library to load.
   */
  private static final String PARENT = "micrometer.observation";

  private final Meters meters;
  private final ObservationRegistry observations;

  private MicrometerInstrumentation(MeterRegistry meters, ObservationRegistry observations) {
    this.meters = new Meters(meters);
    this.observations = observations;
  }

  /**
   * Meters alone.
   *
   * @param meters where they go
   * @return what the builder takes
   */
  public static MicrometerInstrumentation of(MeterRegistry meters) {
    return of(meters, ObservationRegistry.NOOP);
  }

  /**
   * Observations of calls alone.
   *
   * @param observations where they go
   * @return what the builder takes
   */
  public static MicrometerInstrumentation of(ObservationRegistry observations) {
    return of(new CompositeMeterRegistry(), observations);
  }

  /**
   * Meters, and an observation of each call.
   *
   * @param meters where the meters go
   * @param observations where the observations go; the usual handler that makes meters of them
   *     makes those of {@link GuestfsMeter#CALL}, beside {@link GuestfsMeter#CALLS}
   * @return what the builder takes
   */
  public static MicrometerInstrumentation of(
      MeterRegistry meters, ObservationRegistry observations) {
    return new MicrometerInstrumentation(meters, observations);
  }

  @Override
  public Call callStarted(String name, ContextView context) {
    Observation observation =
        Observation.createNotStarted(GuestfsMeter.CALL.key(), observations)
            .contextualName("guestfs " + name)
            .lowCardinalityKeyValue(GuestfsTag.CALL.key(), name);
    if (context.hasKey(PARENT)) {
      observation.parentObservation(context.get(PARENT));
    }
    return new MeteredCall(meters, name, observation.start());
  }

  @Override
  public Launch launchStarted(ContextView context) {
    return new MeteredLaunch(meters);
  }

  @Override
  public Disposable handleOpened() {
    return meters.handleOpened();
  }

  @Override
  public Disposable poolOpened(GuestfsPool pool) {
    return meters.poolOpened(pool);
  }
}
