package io.guestfs.appliance.launch;

import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent.ConsoleLine;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.host.HostUser;
import io.guestfs.appliance.qemu.Console;
import io.guestfs.appliance.qemu.DirectConsole;
import io.guestfs.appliance.qemu.QemuProcess;
import io.guestfs.appliance.qemu.QmpClient;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One machine from the first thing that is made for it on the host to the last that is removed. The
 * parts are added one after the other by the launch, which is over before anybody else sees the
 * machine; {@link #stop} removes whatever is there.
 */
final class Machine implements Appliance {

  /** How long a qemu that closed a connection may take to end; a launch fails in a second. */
  private static final Duration EXIT_GRACE = Duration.ofMillis(900);

  private final LaunchRequest request;
  private final Console console;

  /** Completes when all of it is on the standard output, where that was asked for. */
  private final Mono<Void> shown;

  private final Mono<Void> stop;
  private final Deque<Runnable> releases = new ConcurrentLinkedDeque<>();

  private volatile @Nullable QemuProcess process;
  private volatile @Nullable QmpClient monitor;
  private volatile @Nullable Channel channel;
  private volatile @Nullable DiskPlug diskPlug;

  Machine(LaunchRequest request) {
    this.request = request;
    this.console = new Console(line -> request.events().publish(new ConsoleLine(line)));
    this.shown = request.config().direct() ? DirectConsole.show(console) : Mono.empty();
    // One stop for all: a subscriber that goes away must not take it back from the others.
    this.stop = Mono.defer(this::tearDown).cache();
  }

  @Override
  public Channel channel() {
    return made(channel);
  }

  @Override
  public Mono<ApplianceExit> exit() {
    return made(process).exit();
  }

  @Override
  public Flux<String> console() {
    return console.lines();
  }

  @Override
  public List<String> consoleTail() {
    return console.tail();
  }

  @Override
  public AcceleratorChoice accelerator() {
    return request.accelerator();
  }

  @Override
  public Mono<Long> qemuPid() {
    return made(monitor).qemuPid();
  }

  @Override
  public Mono<Void> stop() {
    return stop;
  }

  /**
   * How qemu ended, when the end of a connection may be the first sign of it; empty if it lives.
   */
  Mono<ApplianceExit> exitIfDying() {
    QemuProcess started = process;
    return started == null ? Mono.empty() : started.exit().timeout(EXIT_GRACE, Mono.empty());
  }

  void phase(Phase phase) {
    request.events().publish(new PhaseChanged(phase));
  }

  /** Says what has to be done when the machine is gone; the last one said is done first. */
  void atRelease(Runnable release) {
    releases.addFirst(release);
  }

  void started(QemuProcess made) {
    process = made;
    // However qemu ends, what was made for it goes.
    made.exit().then(stop).subscribe();
  }

  void connected(QmpClient made) {
    monitor = made;
  }

  void connected(Channel made) {
    channel = made;
  }

  void waitsForDisks(DiskPlug made) {
    diskPlug = made;
  }

  /** Of a machine that waits for its disks. */
  DiskPlug diskPlug() {
    return made(diskPlug);
  }

  /** Whom qemu runs as. */
  HostUser user() {
    return request.user();
  }

  Console guestConsole() {
    return console;
  }

  private static <T> T made(@Nullable T part) {
    return Objects.requireNonNull(part, "the launch has not come that far");
  }

  private Mono<Void> tearDown() {
    return endProcess()
        .then(shown)
        .then(Mono.<Void>fromRunnable(this::release).subscribeOn(Schedulers.boundedElastic()))
        .then(request.events().delivered());
  }

  /** A request to quit, then a kill; completes when the process has ended. */
  private Mono<Void> endProcess() {
    QemuProcess running = process;
    if (running == null) {
      return Mono.empty();
    }
    QmpClient client = monitor;
    if (client == null) {
      running.kill();
      return running.exit().then();
    }
    return client
        .execute("quit")
        .onErrorComplete()
        .then(running.exit())
        .timeout(request.config().stopTimeout())
        .onErrorResume(
            late -> {
              running.kill();
              return running.exit();
            })
        .then();
  }

  private void release() {
    releases.forEach(Runnable::run);
    phase(Phase.STOPPED);
  }
}
