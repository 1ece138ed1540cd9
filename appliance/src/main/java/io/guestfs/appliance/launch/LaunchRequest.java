package io.guestfs.appliance.launch;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.disk.PreparedDrive;
import io.guestfs.appliance.host.HostUser;
import io.guestfs.appliance.image.ApplianceImage;
import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One attempt to launch a machine, with everything looked up that can be before qemu runs.
 *
 * @param config what was asked for
 * @param image what to boot
 * @param qemu the program, found
 * @param user whom qemu runs as
 * @param drives all disks in order, looked at; for a fixed appliance its root is the last
 * @param waits whether the machine is to be up without disks, and gets them later
 * @param accelerator what to run with
 * @param timeout limit of this attempt
 * @param loop runs all channels of the machine
 * @param events receives what happens
 */
record LaunchRequest(
    MachineConfig config,
    ApplianceImage image,
    Path qemu,
    HostUser user,
    List<PreparedDrive> drives,
    boolean waits,
    AcceleratorChoice accelerator,
    Duration timeout,
    EventLoop loop,
    Events events) {

  /** The machine alone, without anybody's disks; what is heard of it is its console. */
  LaunchRequest withoutDrives() {
    return new LaunchRequest(
        config,
        image,
        qemu,
        user,
        List.of(),
        false,
        accelerator,
        timeout,
        loop,
        events.ofConsole());
  }

  /** The same on a loop of its own, with a limit of its own, and nobody who listens. */
  LaunchRequest apart(EventLoop other, Duration limit) {
    return new LaunchRequest(
        config,
        image,
        qemu,
        user,
        drives,
        waits,
        accelerator,
        limit,
        other,
        new Events(other, event -> {}));
  }

  /** With KVM that may not work, a machine that does not boot is the answer to that. */
  boolean isKvmProbe() {
    return accelerator.accelerator() == Accelerator.KVM && config.accelerator() == Accelerator.AUTO;
  }

  LaunchRequest within(Duration limit) {
    return new LaunchRequest(
        config,
        image,
        qemu,
        user,
        drives,
        waits,
        accelerator,
        limit.compareTo(timeout) < 0 ? limit : timeout,
        loop,
        events);
  }
}
