package io.guestfs.appliance.qemu;

import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.image.ApplianceImage;
import io.guestfs.appliance.image.ApplianceImage.Kind;
import io.guestfs.appliance.image.ExtSuperblock;
import java.util.ArrayList;
import java.util.List;

/** The command line of the guest's kernel. */
final class KernelArguments {

  /** Those that libguestfs 1.48 gives, as {@code guestfish -v} shows. */
  private static final List<String> COMMON =
      List.of(
          "panic=1",
          "console=ttyS0",
          "edd=off",
          "udevtimeout=6000",
          "udev.event-timeout=6000",
          "no_timer_check",
          "printk.time=1",
          "cgroup_disable=memory",
          "usbcore.nousb",
          "cryptomgr.notests",
          "tsc=reliable",
          "8250.nr_uarts=1");

  /** From the first to before the end. */
  record Targets(int first, int end) {}

  private KernelArguments() {}

  /**
   * Reads the root's UUID where it is needed, so it may block.
   *
   * @param targets SCSI targets of the disks that are there when the machine boots
   */
  static String of(ApplianceImage image, MachineConfig config, Targets targets) {
    List<String> arguments = new ArrayList<>(COMMON);
    arguments.add(config.selinux() ? "selinux=1 enforcing=0" : "selinux=0");
    if (!config.verbose()) {
      arguments.add("quiet");
    }
    arguments.addAll(image.kernelArguments());
    if (image.kind() == Kind.FIXED) {
      arguments.add("root=UUID=" + ExtSuperblock.readUuid(image.root()));
    } else {
      arguments.add("guestfs_targets=" + targets.first() + "-" + targets.end());
      // Others have no policy there and only take their time: of a walk through a tree 3 %.
      arguments.add(config.selinux() ? "lsm=selinux" : "lsm=capability");
    }
    if (config.verbose()) {
      arguments.add("guestfs_verbose=1");
    }
    if (config.network()) {
      arguments.add("guestfs_network=1");
    }
    arguments.add("TERM=linux");
    if (!config.appendKernel().isBlank()) {
      arguments.add(config.appendKernel().strip());
    }
    return String.join(" ", arguments);
  }
}
