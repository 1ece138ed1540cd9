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
  void prepare() {
    builder().prepareTemplate().block();
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
    return new ReactiveGuest(Objects.requireNonNull(launching(disk).block()));
  }

  @Override
  public Guest launchCold(Path disk) {
    return new ReactiveGuest(
        Objects.requireNonNull(builder().templates(false).addDrive(raw(disk)).launch().block()));
  }

  @Override
  public List<Guest> launchAll(List<Path> disks) {
    return Objects.requireNonNull(
        Flux.fromIterable(disks)
            .flatMap(disk -> launching(disk).delayUntil(g -> g.listDevices().then()), disks.size())
            .<Guest>map(ReactiveGuest::new)
            .collectList()
            .block());
  }

  private static Mono<Guestfs> launching(Path disk) {
    return builder().addDrive(raw(disk)).launch();
  }

  static Drive raw(Path disk) {
    return Drive.local(disk).format(DiskFormat.RAW).build();
  }

  /** LIBGUESTFS_PATH would be the peer's, too. Nothing is warmed while something is measured. */
  static GuestfsBuilder builder() {
    return Guestfs.builder()
        .appliance(Path.of(System.getenv("GUESTFS_BENCH_APPLIANCE")))
        .warmTemplates(false);
  }
}
