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

/**
 * Boots a machine without anybody's disks, lets its daemon warm up, and takes the state of the
 * devices. Its memory is in a file by then. It has ended when the state is given out: to run on
 * would change the memory.
 */
final class CaptureBoot extends Boot<CaptureBoot.Saved> {

  private final Path ram;
  private final ControlPort control = new ControlPort();

  CaptureBoot(LaunchRequest request, Path ram) {
    super(request.withoutDrives());
    this.ram = ram;
  }

  /** What was saved. */
  static final class Saved {
    final String qemuVersion;
    final byte[] state;

    Saved(String qemuVersion, byte[] state) {
      this.qemuVersion = qemuVersion;
      this.state = state;
    }
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
        ram);
  }

  @Override
  Mono<Void> listenFurther(QemuSockets sockets) {
    return listen(sockets.control(), control::open).then();
  }

  @Override
  Mono<Saved> bringUp(QmpClient monitor, MachineFiles files) {
    DeviceState state = new DeviceState(monitor, request().loop(), files.sockets().migration());
    return run(monitor)
        .then(unlessOver(control.word()))
        .doOnNext(ControlWords::requireWarm)
        .then(unlessOver(monitor.execute("stop")))
        .then(unlessOver(Mono.defer(state::save)))
        .map(bytes -> new Saved(monitor.version(), bytes))
        .delayUntil(saved -> machine().stop());
  }

  @Override
  void onEvent(QmpEvent event) {
    // The guest says on the control port what there is to say.
  }
}
