package io.guestfs;

import io.guestfs.GuestfsInstrumentation.LaunchSource;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.ApplianceException;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.WaitingAppliance;
import io.guestfs.appliance.launch.ApplianceLauncher;
import io.guestfs.protocol.frame.FrameDecoder;
import io.guestfs.protocol.frame.Limits;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Launches an appliance, waits for the first word of its daemon, and makes a handle of it. */
final class Launch {

  /** How a machine comes to be. */
  @FunctionalInterface
  interface Launcher {

    /** With qemu. */
    Launcher QEMU = new QemuLauncher();

    /** Cold; cancelling stops the machine, also when it has just come up. */
    Mono<Appliance> launch(EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener);

    /** As {@link #launch}, for a machine that gets its disks later. */
    default Mono<WaitingAppliance> launchWaiting(
        EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
      return Mono.error(new UnsupportedOperationException("no machine waits for its disks here"));
    }

    /** Makes what machines are launched from; cancelling gives up what it does itself. */
    default Mono<Void> prepareTemplate(
        EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
      return Mono.error(new UnsupportedOperationException("there are no templates here"));
    }
  }

  private static final class QemuLauncher implements Launcher {

    @Override
    public Mono<Appliance> launch(
        EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
      return new ApplianceLauncher(loop).launch(config, listener);
    }

    @Override
    public Mono<WaitingAppliance> launchWaiting(
        EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
      return new ApplianceLauncher(loop).launchWaiting(config, listener);
    }

    @Override
    public Mono<Void> prepareTemplate(
        EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
      return new ApplianceLauncher(loop).prepareTemplate(config, listener);
    }
  }

  private final Settings settings;

  Launch(Settings settings) {
    this.settings = settings;
  }

  Mono<Guestfs> launch() {
    return new HandleDelivery(observed(this::attempt), settings.signalScheduler);
  }

  /** No machine for anybody: only what later ones are launched from. */
  Mono<Void> prepareTemplate() {
    return Mono.defer(
            () -> {
              EventLoop loop = loop();
              EventHub events = new EventHub(loop, settings.listener);
              return settings.launcher.prepareTemplate(
                  loop, properties().machine(), event -> events.emit(adapt(event)));
            })
        .subscribeOn(Schedulers.boundedElastic())
        .onErrorMap(Launch::launchException);
  }

  /** A machine without disks; it is there when it waits for them. */
  Mono<PooledMachine> launchWaiting() {
    return observed(this::waitingAttempt);
  }

  private <T> Mono<T> observed(Function<ObservedLaunch, Mono<T>> attempt) {
    // The first launch loads native libraries and makes the shared event loops, which may block.
    return ObservedLaunch.of(
        settings.instrumentation,
        launch ->
            Mono.defer(() -> attempt.apply(launch))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(Launch::launchException));
  }

  private Mono<PooledMachine> waitingAttempt(ObservedLaunch launch) {
    EventLoop loop = loop();
    MachineConfig config = properties().machine();
    EventHub events = new EventHub(loop, settings.listener);
    EventRelay relay = new EventRelay(event -> events.emit(adapt(event)));
    return settings
        .launcher
        .launchWaiting(loop, config, launch.watching(relay))
        .map(appliance -> new PooledMachine(appliance, config, loop, relay));
  }

  /** Makes a handle of a machine that waited, with the disks of this launch. */
  Mono<Guestfs> use(Mono<PooledMachine> waiting) {
    return new HandleDelivery(
        ObservedLaunch.of(
            settings.instrumentation,
            launch -> {
              launch.startingFrom(LaunchSource.POOL);
              return waiting.flatMap(this::use).onErrorMap(Launch::launchException);
            }),
        settings.signalScheduler);
  }

  private Mono<Guestfs> use(PooledMachine waiting) {
    EventHub events = new EventHub(waiting.loop(), settings.listener);
    return Mono.fromCallable(this::properties)
        .doOnNext(properties -> waiting.requireToBe(properties.machine()))
        .onErrorResume(e -> waiting.stop().then(Mono.error(e)))
        .doOnCancel(() -> waiting.stop().subscribe())
        .flatMap(
            properties ->
                waiting
                    .use(properties.machine().drives(), event -> events.emit(adapt(event)))
                    .flatMap(
                        appliance ->
                            handshake(appliance)
                                .map(limits -> handle(appliance, limits, events, properties))));
  }

  GuestfsInstrumentation instrumentation() {
    return settings.instrumentation;
  }

  private EventLoop loop() {
    return (settings.resources == null ? GuestfsResources.shared() : settings.resources).next();
  }

  private Mono<Guestfs> attempt(ObservedLaunch launch) {
    HandleProperties properties = properties();
    MachineConfig config = properties.machine();
    EventLoop loop = loop();
    EventHub events = new EventHub(loop, settings.listener);
    return settings
        .launcher
        .launch(loop, config, launch.watching(event -> events.emit(adapt(event))))
        .flatMap(
            appliance ->
                handshake(appliance).map(limits -> handle(appliance, limits, events, properties)));
  }

  private HandleProperties properties() {
    Environment environment =
        settings.environment == null
            ? Environment.ofProcess()
            : Environment.of(settings.environment);
    List<String> backend =
        settings.backendSettings == null ? environment.backendSettings() : settings.backendSettings;
    MachineConfig.Builder machine = MachineConfig.builder(environment);
    BackendSettings.apply(backend, machine);
    settings.machine.accept(machine);
    return new HandleProperties(machine.build(), backend, settings);
  }

  /**
   * Reads the launch flag and agrees on limits. Whoever cancels this, or for whom it fails, is left
   * with no machine.
   */
  private Mono<Limits> handshake(Appliance appliance) {
    return Mono.create(
        sink -> {
          FrameDecoder decoder = new FrameDecoder();
          Handshake handshake =
              new Handshake(appliance, decoder, settings.limits, settings.handshakeTimeout, sink);
          sink.onCancel(() -> appliance.stop().subscribe());
          appliance
              .channel()
              .eventLoop()
              .execute(() -> appliance.channel().pipeline().addLast(decoder, handshake));
        });
  }

  private Guestfs handle(
      Appliance appliance, Limits limits, EventHub events, HandleProperties properties) {
    Connection connection =
        new Connection(
            appliance,
            settings.timeouts(),
            new Admission(settings.maxPendingCalls),
            limits,
            events,
            new CallTracer(properties, events),
            settings.instrumentation);
    connection.open();
    return new GuestfsHandle(appliance, connection, events, properties, settings.signalScheduler);
  }

  private static GuestfsEvent adapt(ApplianceEvent event) {
    if (event instanceof ApplianceEvent.PhaseChanged changed) {
      return new GuestfsEvent.LaunchPhase(changed.phase());
    }
    if (event instanceof ApplianceEvent.ConsoleLine console) {
      return new GuestfsEvent.ConsoleLine(console.line());
    }
    if (event instanceof ApplianceEvent.AcceleratorChosen chosen) {
      return new GuestfsEvent.AcceleratorChosen(chosen.choice());
    }
    return new GuestfsEvent.Warning(((ApplianceEvent.Warning) event).message());
  }

  private static Throwable launchException(Throwable error) {
    if (error instanceof ApplianceLaunchException failure) {
      return new LaunchException(failure.getMessage(), failure.console(), failure);
    }
    if (error instanceof ApplianceException refusal) {
      return new LaunchException(refusal.getMessage(), List.of(), refusal);
    }
    return error;
  }
}
