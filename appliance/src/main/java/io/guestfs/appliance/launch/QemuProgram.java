package io.guestfs.appliance.launch;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.host.HostProgram;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds qemu as a shell would, so that a missing one is a clear error and not an exit status. */
final class QemuProgram {

  private QemuProgram() {}

  static Path find(String name) {
    if (name.indexOf('/') >= 0) {
      Path path = Path.of(name).toAbsolutePath();
      if (!HostProgram.isProgram(path)) {
        throw new ApplianceConfigurationException(
            "qemu program %s %s; LIBGUESTFS_QEMU or the configuration names it"
                .formatted(name, Files.exists(path) ? "cannot be executed" : "does not exist"));
      }
      return path;
    }
    return HostProgram.find(name).orElseThrow(() -> missing(name));
  }

  private static ApplianceConfigurationException missing(String name) {
    String advice =
        name.equals(MachineConfig.DEFAULT_QEMU)
            ? "install it (Debian: apt-get install qemu-system-x86)"
            : "check LIBGUESTFS_QEMU";
    return new ApplianceConfigurationException(
        "qemu program " + name + " is not in PATH; " + advice);
  }
}
