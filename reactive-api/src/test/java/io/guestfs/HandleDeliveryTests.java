package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;

/** The one publisher that is written by hand. */
@Timeout(60)
class HandleDeliveryTests {

  private final AtomicInteger closed = new AtomicInteger();
  private final Guestfs handle = handle(closed);

  /** Counts in {@code closed} how often it is closed, and can nothing else. */
  @SuppressWarnings("ReferenceEquality") // That is what equals() means here.
  private static Guestfs handle(AtomicInteger closed) {
    return (Guestfs)
        Proxy.newProxyInstance(
            Guestfs.class.getClassLoader(),
            new Class<?>[] {Guestfs.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "close" -> Mono.fromRunnable(closed::incrementAndGet);
                  case "toString" -> "handle";
                  case "hashCode" -> 1;
                  case "equals" -> proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void aHandleThatArrivesAfterACancelIsClosed() {
    TestPublisher<Guestfs> launch =
        TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
    Recorder<Guestfs> recorder = Recorder.of(new HandleDelivery(launch.mono(), null));
    recorder.cancel();
    launch.next(handle);
    launch.complete();
    assertThat(closed).hasValue(1);
    recorder.assertNothingYet();
  }

  @Test
  void aHandleThatTheSchedulerDoesNotTakeIsClosed() {
    Scheduler disposed = Schedulers.newSingle("disposed", true);
    disposed.dispose();
    Recorder<Guestfs> recorder = Recorder.of(new HandleDelivery(Mono.just(handle), disposed));
    assertThat(recorder.error()).isNotNull();
    assertThat(closed).hasValue(1);
  }

  @Test
  void aCancelAfterTheHandleArrivedDoesNotCloseIt() {
    Recorder<Guestfs> recorder = Recorder.of(new HandleDelivery(Mono.just(handle), null));
    assertThat(recorder.values()).containsExactly(handle);
    recorder.cancel();
    assertThat(closed).hasValue(0);
  }

  /** The rules of Reactive Streams, by its technology compatibility kit, which is for TestNG. */
  @TestFactory
  Stream<DynamicTest> rulesOfReactiveStreams() {
    return Arrays.stream(PublisherVerification.class.getMethods())
        .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> verify(method)));
  }

  private static void verify(Method rule) throws Throwable {
    Verification verification = new Verification();
    verification.setUp();
    try {
      rule.invoke(verification);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SkipException skipped) {
        Assumptions.abort(skipped.getMessage());
      }
      throw e.getCause();
    }
  }

  private static final class Verification extends PublisherVerification<Guestfs> {

    private static final int PATIENCE_MILLIS = 1000;
    private static final int SILENCE_MILLIS = 50;

    Verification() {
      super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS));
    }

    @Override
    public Publisher<Guestfs> createPublisher(long elements) {
      return new HandleDelivery(
          Mono.just(handle(new AtomicInteger())), Schedulers.boundedElastic());
    }

    @Override
    public Publisher<Guestfs> createFailedPublisher() {
      return new HandleDelivery(Mono.error(new IllegalStateException("no handle")), null);
    }

    @Override
    public long maxElementsFromPublisher() {
      return 1;
    }
  }
}
