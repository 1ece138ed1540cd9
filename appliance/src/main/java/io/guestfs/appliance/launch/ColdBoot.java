package io.guestfs.appliance.launch;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.qemu.ControlPort;
import io.guestfs.appliance.qemu.QemuCommandLine;
import io.guestfs.appliance.qemu.QemuSockets;
import io.guestfs.appliance.qemu.QmpClient;
import io.guestfs.appliance.qemu.QmpEvent;
import io.guestfs.appliance.template.TemplateException;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One launch from kernel and initial RAM disk. */
final class ColdBoot extends Boot<Machine> {

  private final Sinks.Empty<Void> portOpened = Sinks.empty();
  private final ControlPort control = new ControlPort();

  ColdBoot(LaunchRequest request) {
    super(request);
  }

  @Override
  List<String> command(QemuSockets sockets) {
    LaunchRequest request = request();
    Accelerator accelerator = request.accelerator().accelerator();
    return request.waits()
        ? QemuCommandLine.buildToWait(
            request.qemu(), request.config(), accelerator, request.image(), sockets)
        : QemuCommandLine.build(
            request.qemu(), request.config(), accelerator, request.image(), sockets);
  }

  @Override
  Mono<Void> listenFurther(QemuSockets sockets) {
    return request().waits() ? listen(sockets.control(), control::open).then() : Mono.empty();
  }

  @Override
  Mono<Machine> bringUp(QmpClient monitor, MachineFiles files) {
    return (request().waits() ? Mono.<Void>empty() : attach(monitor, files))
        .then(unlessOver(Mono.defer(() -> untilReady(monitor))))
        .then(Mono.defer(() -> ready(monitor, files, control)))
        // There is no template that could be at fault.
        .onErrorMap(
            TemplateException.class,
            e -> new ApplianceLaunchException("the machine cannot wait: " + e.getMessage(), e));
  }

  private Mono<Void> attach(QmpClient monitor, MachineFiles files) {
    machine().phase(Phase.ATTACHING_DRIVES);
    return unlessOver(new DriveAttacher(monitor, files).attach(request().drives()));
  }

  private Mono<Void> untilReady(QmpClient monitor) {
    machine().phase(Phase.BOOTING);
    return run(monitor).then(request().waits() ? untilItWaits() : portOpened.asMono());
  }

  private Mono<Void> untilItWaits() {
    return control.word().doOnNext(ControlWords::requireAwake).then();
  }

  /** The daemon opens its port once, right before it says that it is up. */
  @Override
  void onEvent(QmpEvent event) {
    if (event.name().equals("VSERPORT_CHANGE")
        && event.data().path("id").asText().equals(QemuCommandLine.CHANNEL_PORT)
        && event.data().path("open").asBoolean()) {
      portOpened.tryEmitEmpty();
    }
  }
}
