package io.guestfs.appliance.launch;

import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.qemu.ControlPort;
import io.guestfs.appliance.qemu.DeviceState;
import io.guestfs.appliance.qemu.QemuCommandLine;
import io.guestfs.appliance.qemu.QemuSockets;
import io.guestfs.appliance.qemu.QmpClient;
import io.guestfs.appliance.qemu.QmpEvent;
import io.guestfs.appliance.template.Template;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One launch from a template: loads the saved machine, plugs the drives in, and wakes its daemon
 * with what makes it another machine than all the others.
 */
final class RestoreBoot extends Boot<Machine> {

  private final Template template;
  private final ControlPort control = new ControlPort();
  private final Sinks.Empty<Void> loaded = Sinks.empty();

  /** Made where blocking is allowed, before it is needed on the event loop. */
  private volatile String secret = "";

  RestoreBoot(LaunchRequest request, Template template) {
    super(request);
    this.template = template;
  }

  @Override
  List<String> command(QemuSockets sockets) {
    secret = ControlWords.secret();
    LaunchRequest request = request();
    return QemuCommandLine.buildToRestore(
        request.qemu(),
        request.config(),
        request.accelerator().accelerator(),
        request.image(),
        sockets,
        template.ram());
  }

  @Override
  Mono<Void> listenFurther(QemuSockets sockets) {
    return listen(sockets.control(), control::open).then();
  }

  @Override
  Mono<Machine> bringUp(QmpClient monitor, MachineFiles files) {
    machine().phase(Phase.RESTORING);
    DeviceState state = new DeviceState(monitor, request().loop(), files.sockets().migration());
    return requireSameQemu(monitor, template)
        .then(unlessOver(Mono.defer(() -> state.load(template.state(), loaded.asMono()))))
        .then(Mono.defer(() -> request().waits() ? Mono.empty() : attach(monitor, files)))
        .then(unlessOver(Mono.defer(() -> wake(monitor))))
        .then(Mono.defer(() -> ready(monitor, files, control)));
  }

  private Mono<Void> attach(QmpClient monitor, MachineFiles files) {
    machine().phase(Phase.ATTACHING_DRIVES);
    return unlessOver(new DriveAttacher(monitor, files).replacePlaceholder(request().drives()));
  }

  private Mono<Void> wake(QmpClient monitor) {
    machine().phase(Phase.BOOTING);
    return monitor
        .execute("cont")
        .flatMap(running -> control.ask(wakeWord()))
        .doOnNext(ControlWords::requireAwake)
        .then();
  }

  private String wakeWord() {
    return request().waits()
        ? ControlWords.wakeToWait(secret)
        : ControlWords.wake(secret, request().drives());
  }

  @Override
  void onEvent(QmpEvent event) {
    DeviceState.observe(event, loaded);
  }
}
