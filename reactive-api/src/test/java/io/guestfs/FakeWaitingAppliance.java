package io.guestfs;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.WaitingAppliance;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** Takes any disks; remembers who used it. */
final class FakeWaitingAppliance implements WaitingAppliance {

  final List<List<Drive>> uses = new CopyOnWriteArrayList<>();
  private final FakeAppliance appliance;
  private volatile boolean diesWhenUsed;
  private volatile Mono<Void> plugged = Mono.empty();

  FakeWaitingAppliance(FakeAppliance appliance) {
    this.appliance = appliance;
  }

  /** As if qemu had been killed. */
  void die() {
    appliance.die();
    appliance.stop().subscribe();
  }

  /** Nobody hears of its death before it is used. */
  void dieWhenUsed() {
    diesWhenUsed = true;
  }

  /** It is ready to be used when {@code signal} completes. */
  void isPluggedWhen(Mono<Void> signal) {
    plugged = signal;
  }

  @Override
  public Mono<Appliance> use(List<Drive> drives) {
    return Mono.defer(
        () -> {
          uses.add(drives);
          if (diesWhenUsed) {
            die();
            return appliance
                .exit()
                .flatMap(
                    exit ->
                        Mono.error(
                            new ApplianceLaunchException("it ended", exit, List.of(), null)));
          }
          return plugged.thenReturn(appliance);
        });
  }

  @Override
  public Mono<ApplianceExit> exit() {
    return appliance.exit();
  }

  @Override
  public Mono<Void> stop() {
    return appliance.stop();
  }
}
