package io.guestfs.appliance.launch;

import io.guestfs.appliance.qemu.ControlPort;
import io.guestfs.appliance.qemu.DeviceState;
import io.guestfs.appliance.qemu.QemuCommandLine;
import io.guestfs.appliance.qemu.QemuSockets;
import io.guestfs.appliance.qemu.QmpClient;
import io.guestfs.appliance.qemu.QmpEvent;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Mono;

/** Boots a machine, and saves it as soon as its daemon could serve. */
final class CaptureBoot extends SavingBoot {

  CaptureBoot(LaunchRequest request, Path ram) {
    super(request, ram);
  }

  @Override
  List<String> command(QemuSockets sockets) {
    LaunchRequest request = request();
    return QemuCommandLine.buildToSave(
        request.qemu(),
        request.config(),
        request.accelerator().accelerator(),
        request.image(),
        sockets,
        ram());
  }

  @Override
  Mono<Void> untilAsleep(QmpClient monitor, ControlPort control, DeviceState state) {
    return run(monitor)
        .then(unlessOver(control.word()))
        .doOnNext(ControlWords::requireReady)
        .then();
  }

  @Override
  void onEvent(QmpEvent event) {
    // The guest says on the control port what there is to say.
  }
}
