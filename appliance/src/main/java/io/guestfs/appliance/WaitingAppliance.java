package io.guestfs.appliance;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * A machine that is up and waits for its disks: nobody's are in it. Whoever launched it must {@link
 * #use} or {@link #stop} it; when the JVM dies, the machine dies too.
 */
public interface WaitingAppliance {

  /**
   * Gives the machine its disks, once, and with that to whoever they belong to.
   *
   * @param drives in the order in which the guest names them
   * @return the machine, whose daemon sees the disks and their partitions; an {@link
   *     ApplianceConfigurationException} when a drive cannot be used, an {@link
   *     ApplianceLaunchException} when the machine does not answer or has ended. It is stopped
   *     then, and when this is cancelled
   */
  Mono<Appliance> use(List<Drive> drives);

  /**
   * How qemu ended.
   *
   * @return see {@link Appliance#exit}
   */
  Mono<ApplianceExit> exit();

  /**
   * Stops the machine.
   *
   * @return see {@link Appliance#stop}
   */
  Mono<Void> stop();
}
