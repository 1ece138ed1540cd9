package io.guestfs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Nothing that a user subscribes to blocks the thread that subscribes. */
@Timeout(60)
class BlockingTests {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static int sleep() throws InterruptedException {
    Thread.sleep(1);
    return 0;
  }

  /** If this fails, the agent is not there, and the other tests prove nothing. */
  @Test
  void blockingOnAThreadOfReactorIsNoticed() {
    assertThatThrownBy(
            () ->
                Mono.fromCallable(BlockingTests::sleep)
                    .subscribeOn(Schedulers.parallel())
                    .block(PATIENCE))
        .hasRootCauseInstanceOf(BlockingOperationError.class);
  }

  @Test
  void blockingOnAnEventLoopIsNoticed() throws IOException {
    try (LoopbackLauncher launcher = new LoopbackLauncher()) {
      assertThatThrownBy(
              () ->
                  Guestfs.builder()
                      .launcher(launcher)
                      .usingMono(g -> g.pingDaemon().then(Mono.fromCallable(BlockingTests::sleep)))
                      .block(PATIENCE))
          .hasRootCauseInstanceOf(BlockingOperationError.class);
    }
  }

  @Test
  void launchingCallingAndClosingDoNotBlock() throws IOException {
    GuestfsResources resources = GuestfsResources.create(1);
    try (LoopbackLauncher launcher = new LoopbackLauncher()) {
      GuestfsBuilder builder = Guestfs.builder().launcher(launcher).resources(resources);
      Mono.defer(() -> builder.usingMono(g -> g.touch("/a").then(g.find("/").then())))
          .subscribeOn(Schedulers.parallel())
          .block(PATIENCE);
    } finally {
      resources.disposeLater().block(PATIENCE);
    }
  }
}
