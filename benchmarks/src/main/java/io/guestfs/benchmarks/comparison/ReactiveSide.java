package io.guestfs.benchmarks.comparison;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** This library. */
final class ReactiveSide implements Side {

  /** Has the template warm, from which all is launched that is measured. */
  Mono<Void> prepare() {
    return builder().prepareTemplate();
  }

  /** Whether guests run under emulation here, so that the peer is told to do the same. */
  boolean isEmulated() {
    return accelerator() == Accelerator.TCG;
  }

  /** What guests run with here. */
  static Accelerator accelerator() {
    return Objects.requireNonNull(
        builder().usingMono(g -> Mono.just(g.accelerator().accelerator())).block());
  }

  @Override
  public Guest launch(Path disk) {
    return launch(builder(disk));
  }

  /** Launches a machine that is not built as most are. */
  static ReactiveGuest launch(GuestfsBuilder machine) {
    return new ReactiveGuest(Objects.requireNonNull(machine.launch().block()));
  }

  @Override
  public List<Guest> launchAll(List<Path> disks) {
    return List.copyOf(launchEach(disks.stream().map(ReactiveSide::builder).toList()));
  }

  /** As {@link #launchAll}, of machines that are not built as most are. */
  static List<ReactiveGuest> launchEach(List<GuestfsBuilder> machines) {
    return Objects.requireNonNull(
        Flux.fromIterable(machines)
            .flatMap(b -> b.launch().delayUntil(g -> g.listDevices().then()), machines.size())
            .map(ReactiveGuest::new)
            .collectList()
            .block());
  }

  static Drive raw(Path disk) {
    return Drive.local(disk).format(DiskFormat.RAW).build();
  }

  static GuestfsBuilder builder(Path disk) {
    return builder().addDrive(raw(disk));
  }

  /** LIBGUESTFS_PATH would be the peer's, too. Nothing is warmed while something is measured. */
  static GuestfsBuilder builder() {
    return Guestfs.builder()
        .appliance(Path.of(System.getenv("GUESTFS_BENCH_APPLIANCE")))
        .warmTemplates(false);
  }
}
