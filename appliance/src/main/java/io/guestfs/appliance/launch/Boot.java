package io.guestfs.appliance.launch;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceException;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.qemu.ControlPort;
import io.guestfs.appliance.qemu.QemuProcess;
import io.guestfs.appliance.qemu.QemuSockets;
import io.guestfs.appliance.qemu.QmpClient;
import io.guestfs.appliance.qemu.QmpEvent;
import io.guestfs.appliance.qemu.UnixListener;
import io.guestfs.appliance.template.Template;
import io.guestfs.appliance.template.TemplateException;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Brings up one machine. Its steps run one after the other; those that wait for qemu or the guest
 * give up when the launch is {@link #over}: cancelled, out of time, or without a qemu process.
 *
 * @param <T> what comes of it
 */
abstract class Boot<T> {

  /**
   * The share of its time after which a guest under a KVM that may not work has read its root: it
   * takes half a second where KVM works, and the default is five.
   */
  private static final int SHARE_UNTIL_ROOT = 4;

  /** Each qemu that has run a guest under KVM: there it works, and what is slow does not hang. */
  private static final Set<Path> KVM_WORKS = ConcurrentHashMap.newKeySet();

  private final LaunchRequest request;
  private final Machine machine;
  private final Sinks.Empty<Void> over = Sinks.empty();
  private final Disposable.Composite clocks = Disposables.composite();
  private final Mono<T> outcome;

  Boot(LaunchRequest request) {
    this.request = request;
    this.machine = new Machine(request);
    this.outcome = Mono.defer(this::boot).cache();
  }

  /** The machine; one for all subscribers, and not stopped when they cancel. */
  Mono<T> outcome() {
    return outcome;
  }

  /** Gives the launch up; a machine that is there all the same is stopped. */
  void cancel() {
    over.tryEmitError(new CancellationException("the launch was cancelled"));
    outcome.subscribe(result -> machine.stop().subscribe(), gone -> {});
  }

  /** The command line; may block. */
  abstract List<String> command(QemuSockets sockets);

  /** Listens where only this kind of machine connects. */
  Mono<Void> listenFurther(QemuSockets sockets) {
    return Mono.empty();
  }

  /** What happens between the first command on the monitor and the outcome. */
  abstract Mono<T> bringUp(QmpClient monitor, MachineFiles files);

  /** Something that qemu reports. */
  abstract void onEvent(QmpEvent event);

  LaunchRequest request() {
    return request;
  }

  Machine machine() {
    return machine;
  }

  private Mono<T> boot() {
    Duration timeout = request.timeout();
    String late =
        "did not come up within %d s with %s"
            .formatted(timeout.toSeconds(), request.accelerator().accelerator());
    clocks.add(Mono.delay(timeout).subscribe(tick -> giveUp(late)));
    return steps()
        .doOnNext(up -> noteKvm())
        .onErrorResume(this::failed)
        .doFinally(signal -> clocks.dispose());
  }

  private void noteKvm() {
    if (request.accelerator().accelerator() == Accelerator.KVM) {
      KVM_WORKS.add(request.qemu());
    }
  }

  private void giveUp(String why) {
    over.tryEmitError(new TimeoutException(why));
  }

  private Mono<T> steps() {
    return blocking(() -> MachineFiles.create(request.config().environment(), request.user()))
        .flatMap(
            files -> {
              machine.atRelease(files::delete);
              return bootWith(files);
            });
  }

  private Mono<T> bootWith(MachineFiles files) {
    QemuSockets sockets = files.sockets();
    QmpClient monitor = new QmpClient(this::onEvent);
    return listen(sockets.monitor(), monitor::open)
        .then(listen(sockets.console(), machine.guestConsole()::read))
        .then(listenFurther(sockets))
        .then(listen(sockets.channel(), machine::connected))
        .flatMap(
            listener ->
                start(files)
                    .then(unlessOver(monitor.negotiate()))
                    .then(unlessOver(listener.accepted()))
                    .then(Mono.defer(() -> negotiated(monitor, files))));
  }

  private Mono<T> negotiated(QmpClient monitor, MachineFiles files) {
    machine.connected(monitor);
    return bringUp(monitor, files);
  }

  final Mono<UnixListener> listen(Path path, Consumer<Channel> receiver) {
    return UnixListener.bind(request.loop(), path, receiver)
        .doOnNext(listener -> machine.atRelease(listener::close));
  }

  private Mono<QemuProcess> start(MachineFiles files) {
    return unlessOver(Mono.empty())
        .then(blocking(() -> spawn(files)))
        .doOnNext(
            process -> {
              process.exit().subscribe(exit -> over.tryEmitError(new QemuEnded(exit)));
              machine.started(process);
            });
  }

  private QemuProcess spawn(MachineFiles files) throws IOException {
    machine.phase(Phase.STARTING_QEMU);
    files.handOverSockets();
    QemuSockets sockets = files.sockets();
    return QemuProcess.start(
        command(sockets), request.user(), sockets.log(), machine.guestConsole());
  }

  /** What came up; when it waits for its disks, these are the ways to give it some. */
  final Mono<Machine> ready(QmpClient monitor, MachineFiles files, ControlPort control) {
    return Mono.fromSupplier(
        () -> {
          if (request.waits()) {
            machine.waitsForDisks(new DiskPlug(monitor, files, control));
          }
          machine.phase(Phase.READY);
          return machine;
        });
  }

  /** Lets the guest boot. */
  final Mono<Void> run(QmpClient monitor) {
    return unlessOver(monitor.execute("cont"))
        .doOnNext(
            running -> {
              if (request.isKvmProbe() && !KVM_WORKS.contains(request.qemu())) {
                requireSignOfLife(monitor);
              }
            })
        .then();
  }

  /** A guest that hangs does so long before its time is up. */
  private void requireSignOfLife(QmpClient monitor) {
    Duration wait = request.config().kvmDeadline().dividedBy(SHARE_UNTIL_ROOT);
    String hung = "hangs with KVM: it has read no disk after %d ms".formatted(wait.toMillis());
    clocks.add(
        Mono.delay(wait)
            .then(Mono.defer(() -> monitor.execute("query-blockstats")))
            .filter(disks -> !anyIsRead(disks))
            .subscribe(disks -> giveUp(hung), gone -> {}));
  }

  private static boolean anyIsRead(JsonNode disks) {
    for (JsonNode disk : disks) {
      if (disk.path("stats").path("rd_operations").asLong() > 0) {
        return true;
      }
    }
    return false;
  }

  /** The state of devices means something to the qemu that gave it out. */
  static Mono<Void> requireSameQemu(QmpClient monitor, Template template) {
    return template.qemuVersion().equals(monitor.version())
        ? Mono.empty()
        : Mono.error(new TemplateException(template + " was saved by another qemu", null));
  }

  final <S> Mono<S> unlessOver(Mono<S> step) {
    return Mono.firstWithSignal(over.asMono().then(Mono.never()), step);
  }

  /** Whatever a blocking step makes is handed on, so that it can be removed. */
  static <S> Mono<S> blocking(Step<S> step) {
    return Mono.fromCallable(step::run).subscribeOn(Schedulers.boundedElastic());
  }

  private Mono<T> failed(Throwable cause) {
    return endedByItself(cause)
        .map(exit -> explain(cause, exit))
        .switchIfEmpty(Mono.fromSupplier(() -> explain(cause, null)))
        .flatMap(error -> machine.stop().then(Mono.error(error)));
  }

  /** What is first noticed of a qemu that dies may be the end of a connection. */
  private Mono<ApplianceExit> endedByItself(Throwable cause) {
    if (cause instanceof QemuEnded ended) {
      return Mono.just(ended.exit);
    }
    if (cause instanceof ApplianceException
        || cause instanceof TemplateException
        || cause instanceof TimeoutException
        || cause instanceof CancellationException) {
      return Mono.empty();
    }
    return machine.exitIfDying();
  }

  private RuntimeException explain(Throwable cause, @Nullable ApplianceExit exit) {
    if (cause instanceof ApplianceException exception) {
      return exception;
    }
    if (cause instanceof CancellationException || cause instanceof TemplateException) {
      return (RuntimeException) cause;
    }
    List<String> console = machine.consoleTail();
    if (exit != null) {
      return new ApplianceLaunchException(
          "qemu (%s) ended before the appliance was up: it %s%s"
              .formatted(request.qemu(), exit.describe(), noticedFirst(cause)),
          exit,
          console,
          cause);
    }
    String what =
        cause instanceof TimeoutException ? cause.getMessage() : "did not come up: " + cause;
    return new ApplianceLaunchException(
        "the appliance " + what + lastLine(console), null, console, cause);
  }

  /** Which of the two led to the other, only they can tell. */
  private static String noticedFirst(Throwable cause) {
    return cause instanceof QemuEnded ? "" : "; before that: " + cause;
  }

  private static String lastLine(List<String> console) {
    return console.isEmpty()
        ? "; its console says nothing"
        : "; its console ends with: " + console.get(console.size() - 1);
  }

  interface Step<S> {
    S run() throws IOException;
  }

  /** qemu ended while it was waited for. */
  private static final class QemuEnded extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient ApplianceExit exit;

    QemuEnded(ApplianceExit exit) {
      super("qemu " + exit.describe(), null, false, false);
      this.exit = exit;
    }
  }
}
