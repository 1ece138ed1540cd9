package io.guestfs.appliance.launch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.disk.PreparedDrive;
import io.guestfs.appliance.qemu.ControlPort;
import io.guestfs.appliance.qemu.QemuCommandLine;
import io.guestfs.appliance.qemu.QmpClient;
import java.util.List;
import reactor.core.publisher.Mono;

/** Gives disks to a machine that waits for them. */
final class DiskPlug {

  private static final String PRACTICE_NODE = "practice0";
  private static final String PRACTICE_DEVICE = "practice";
  private static final long PRACTICE_BYTES = 1 << 20;

  /** Behind those that drives can have. */
  private static final int PRACTICE_TARGET = MachineConfig.MAX_DRIVES;

  private final QmpClient monitor;
  private final MachineFiles files;
  private final ControlPort control;

  DiskPlug(QmpClient monitor, MachineFiles files, ControlPort control) {
    this.monitor = monitor;
    this.files = files;
    this.control = control;
  }

  /**
   * Plugs a disk in that is nobody's, lets the guest look at it, and takes it out again. What a
   * guest does for the first time is slow, under emulation by far, and a machine that waits has the
   * time.
   */
  Mono<Void> practise() {
    ObjectNode node = PreparedDrive.zeroes(PRACTICE_BYTES).put("node-name", PRACTICE_NODE);
    ObjectNode disk =
        PreparedDrive.scsiDisk(
            PRACTICE_DEVICE, QemuCommandLine.SCSI_BUS, PRACTICE_TARGET, PRACTICE_NODE);
    ObjectNode gone = JsonNodeFactory.instance.objectNode().put("id", PRACTICE_DEVICE);
    return monitor
        .execute("blockdev-add", node)
        .then(monitor.execute("device_add", disk))
        .then(control.ask(ControlWords.practise(PRACTICE_TARGET)))
        .doOnNext(ControlWords::requirePractised)
        .then(monitor.execute("device_del", gone))
        .then();
  }

  /** Completes when the guest sees them, with their partitions; it serves then. */
  Mono<Void> plug(List<PreparedDrive> drives) {
    return new DriveAttacher(monitor, files)
        .attach(drives)
        .then(Mono.defer(() -> control.ask(ControlWords.disks(drives))))
        .doOnNext(ControlWords::requirePlugged)
        .then();
  }
}
