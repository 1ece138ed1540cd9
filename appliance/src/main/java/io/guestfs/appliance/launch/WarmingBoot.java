package io.guestfs.appliance.launch;

import io.guestfs.appliance.qemu.ControlPort;
import io.guestfs.appliance.qemu.DeviceState;
import io.guestfs.appliance.qemu.QemuCommandLine;
import io.guestfs.appliance.qemu.QemuSockets;
import io.guestfs.appliance.qemu.QmpClient;
import io.guestfs.appliance.qemu.QmpEvent;
import io.guestfs.appliance.template.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Goes on where a fresh template stopped, with a copy of its memory, and lets it warm up. */
final class WarmingBoot extends SavingBoot {

  /** In front of qemu, of whose threads none is to be in the way of anything else. */
  private static final List<String> BEHIND_ALL = List.of("nice", "-n", "19");

  private final Template fresh;
  private final boolean behindAll;
  private final Sinks.Empty<Void> loaded = Sinks.empty();

  WarmingBoot(LaunchRequest request, Template fresh, Path ram, boolean behindAll) {
    super(request, ram);
    this.fresh = fresh;
    this.behindAll = behindAll;
  }

  @Override
  List<String> command(QemuSockets sockets) {
    LaunchRequest request = request();
    List<String> command = new ArrayList<>(behindAll ? BEHIND_ALL : List.of());
    command.addAll(
        QemuCommandLine.buildToSaveAgain(
            request.qemu(),
            request.config(),
            request.accelerator().accelerator(),
            request.image(),
            sockets,
            ram()));
    return command;
  }

  @Override
  Mono<Void> untilAsleep(QmpClient monitor, ControlPort control, DeviceState state) {
    return requireSameQemu(monitor, fresh)
        .then(unlessOver(Mono.defer(() -> state.load(fresh.state(), loaded.asMono()))))
        .then(unlessOver(Mono.defer(() -> monitor.execute("cont"))))
        .then(unlessOver(Mono.defer(() -> control.ask(ControlWords.WARM))))
        .doOnNext(ControlWords::requireWarm)
        .then();
  }

  @Override
  void onEvent(QmpEvent event) {
    DeviceState.observe(event, loaded);
  }
}
