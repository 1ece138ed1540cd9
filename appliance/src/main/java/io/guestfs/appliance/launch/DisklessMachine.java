package io.guestfs.appliance.launch;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceException;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.WaitingAppliance;
import io.guestfs.appliance.disk.PreparedDrive;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A {@link Machine} that waits for its disks. */
final class DisklessMachine implements WaitingAppliance {

  private final Machine machine;
  private final Duration patience;
  private final AtomicBoolean used = new AtomicBoolean();

  /** With a limit for giving it its disks. */
  DisklessMachine(Machine machine, Duration patience) {
    this.machine = machine;
    this.patience = patience;
  }

  @Override
  public Mono<Appliance> use(List<Drive> drives) {
    return Mono.defer(
        () -> {
          if (!used.compareAndSet(false, true)) {
            return Mono.error(new IllegalStateException("the machine is in use already"));
          }
          return Mono.firstWithSignal(ended(), plug(drives).timeout(patience))
              .thenReturn((Appliance) machine)
              .onErrorResume(e -> explain(e).flatMap(why -> machine.stop().then(Mono.error(why))))
              .doOnCancel(() -> machine.stop().subscribe());
        });
  }

  private Mono<Void> plug(List<Drive> drives) {
    return Mono.fromCallable(() -> PreparedDrive.prepareAll(drives, machine.user()))
        .subscribeOn(Schedulers.boundedElastic())
        .doOnNext(prepared -> machine.phase(Phase.ATTACHING_DRIVES))
        .flatMap(prepared -> machine.diskPlug().plug(prepared))
        .then(Mono.fromRunnable(() -> machine.phase(Phase.READY)));
  }

  private Mono<Void> ended() {
    return machine.exit().flatMap(exit -> Mono.error(failure("ended", exit, null)));
  }

  private Mono<ApplianceException> explain(Throwable cause) {
    if (cause instanceof ApplianceException known) {
      return Mono.just(known);
    }
    Mono<ApplianceExit> exit =
        cause instanceof TimeoutException ? Mono.empty() : machine.exitIfDying();
    return exit.map(how -> failure("ended", how, cause))
        .switchIfEmpty(
            Mono.fromSupplier(() -> failure("did not take its disks: " + cause, null, cause)))
        .cast(ApplianceException.class);
  }

  private ApplianceLaunchException failure(
      String how, @Nullable ApplianceExit exit, @Nullable Throwable cause) {
    String what = "a machine that waited " + how + (exit == null ? "" : ": it " + exit.describe());
    return new ApplianceLaunchException(what, exit, machine.consoleTail(), cause);
  }

  @Override
  public Mono<ApplianceExit> exit() {
    return machine.exit();
  }

  @Override
  public Mono<Void> stop() {
    return machine.stop();
  }
}
