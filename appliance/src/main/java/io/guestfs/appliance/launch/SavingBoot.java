package io.guestfs.appliance.launch;

import io.guestfs.appliance.qemu.ControlPort;
import io.guestfs.appliance.qemu.DeviceState;
import io.guestfs.appliance.qemu.QemuSockets;
import io.guestfs.appliance.qemu.QmpClient;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/**
 * Brings a machine up without anybody's disks, and takes the state of its devices. Its memory is in
 * a file by then. It has ended when the state is given out: to run on would change the memory.
 */
abstract class SavingBoot extends Boot<SavingBoot.Saved> {

  /** What was saved, besides the memory. */
  static final class Saved {
    final String qemuVersion;
    final byte[] state;

    Saved(String qemuVersion, byte[] state) {
      this.qemuVersion = qemuVersion;
      this.state = state;
    }
  }

  private final Path ram;
  private final ControlPort control = new ControlPort();

  SavingBoot(LaunchRequest request, Path ram) {
    super(request.withoutDrives());
    this.ram = ram;
  }

  /** The file that the memory is in. */
  final Path ram() {
    return ram;
  }

  /** Completes when the daemon waits to be woken, which it will be in copies only. */
  abstract Mono<Void> untilAsleep(QmpClient monitor, ControlPort control, DeviceState state);

  @Override
  final Mono<Void> listenFurther(QemuSockets sockets) {
    return listen(sockets.control(), control::open).then();
  }

  @Override
  final Mono<Saved> bringUp(QmpClient monitor, MachineFiles files) {
    DeviceState state = new DeviceState(monitor, request().loop(), files.sockets().migration());
    return untilAsleep(monitor, control, state)
        .then(unlessOver(monitor.execute("stop")))
        .then(unlessOver(Mono.defer(state::save)))
        .map(bytes -> new Saved(monitor.version(), bytes))
        .delayUntil(saved -> machine().stop());
  }
}
