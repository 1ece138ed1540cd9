package io.guestfs.appliance.launch;

import io.guestfs.appliance.disk.PreparedDrive;
import io.guestfs.appliance.qemu.ControlPort;
import io.guestfs.appliance.qemu.QmpClient;
import java.util.List;
import reactor.core.publisher.Mono;

/** Gives disks to a machine that waits for them. */
final class DiskPlug {

  private final QmpClient monitor;
  private final MachineFiles files;
  private final ControlPort control;

  DiskPlug(QmpClient monitor, MachineFiles files, ControlPort control) {
    this.monitor = monitor;
    this.files = files;
    this.control = control;
  }

  /** Completes when the guest sees them, with their partitions; it serves then. */
  Mono<Void> plug(List<PreparedDrive> drives) {
    return new DriveAttacher(monitor, files)
        .replacePlaceholder(drives)
        .then(Mono.defer(() -> control.ask(ControlWords.plugged(drives))))
        .doOnNext(ControlWords::requirePlugged)
        .then();
  }
}
