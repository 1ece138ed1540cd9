package io.guestfs;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.WaitingAppliance;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A machine that waits in a pool, until it is used or ends. */
final class PooledMachine {

  private final WaitingAppliance appliance;
  private final MachineConfig config;
  private final EventLoop loop;
  private final EventRelay events;
  private volatile boolean taken;
  private volatile boolean gone;

  PooledMachine(
      WaitingAppliance appliance, MachineConfig config, EventLoop loop, EventRelay events) {
    this.appliance = appliance;
    this.config = config;
    this.loop = loop;
    this.events = events;
    appliance.exit().subscribe(exit -> gone = true);
  }

  EventLoop loop() {
    return loop;
  }

  /** Whether qemu has ended. */
  boolean isGone() {
    return gone;
  }

  /** From now on it is its user's. */
  void take() {
    taken = true;
  }

  boolean isTaken() {
    return taken;
  }

  /** Fails when what is wanted differs in more than its drives. */
  void requireToBe(MachineConfig wanted) {
    if (!wanted.withDrives(List.of()).equals(config)) {
      throw new ApplianceConfigurationException(
          "the machines of this pool are up: what is acquired can name its drives, and how its"
              + " handle behaves, but no other machine");
    }
  }

  Mono<Appliance> use(List<Drive> drives, Consumer<ApplianceEvent> listener) {
    return Mono.defer(
        () -> {
          events.to(listener);
          return appliance.use(drives);
        });
  }

  Mono<Void> stop() {
    return appliance.stop();
  }
}
