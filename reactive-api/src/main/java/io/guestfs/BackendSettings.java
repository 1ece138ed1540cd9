package io.guestfs;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.MachineConfig;
import java.util.List;

/** What settings of the backend mean for a machine. */
final class BackendSettings {

  private BackendSettings() {}

  /** Applies settings; throws for one that is not known, rather than do without it. */
  static void apply(List<String> settings, MachineConfig.Builder machine) {
    for (String setting : settings) {
      switch (setting) {
        case "force_tcg", "force_tcg=1" -> machine.accelerator(Accelerator.TCG);
        case "force_kvm", "force_kvm=1" -> machine.accelerator(Accelerator.KVM);
        default ->
            throw new ApplianceConfigurationException(
                "backend setting " + setting + ": there are force_tcg and force_kvm only");
      }
    }
  }
}
