package io.guestfs.appliance.launch;

import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.WaitingAppliance;
import io.guestfs.appliance.disk.PreparedDrive;
import io.guestfs.appliance.host.HostUser;
import io.guestfs.appliance.host.HostUser.Access;
import io.guestfs.appliance.host.HostUser.Need;
import io.guestfs.appliance.image.ApplianceImage;
import io.guestfs.appliance.image.ApplianceImage.Kind;
import io.guestfs.appliance.image.ApplianceSource;
import io.guestfs.appliance.qemu.QemuProcess;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Launches appliances. One launcher serves any number of machines at once. */
public final class ApplianceLauncher {

  private final EventLoopGroup loops;
  private final Path kvm;
  private final TemplateLaunch strategy;

  /**
   * Makes a launcher.
   *
   * @param loops runs the machines' channels, each machine on one loop; must be for epoll. It stays
   *     the caller's, who closes it after the last machine has stopped
   */
  public ApplianceLauncher(EventLoopGroup loops) {
    this(loops, Path.of("/dev/kvm"), new TemplateLaunch());
  }

  ApplianceLauncher(EventLoopGroup loops, Path kvm, TemplateLaunch strategy) {
    this.loops = loops;
    this.kvm = kvm;
    this.strategy = strategy;
  }

  /**
   * Launches a machine.
   *
   * <p>Nothing happens before subscription, and each subscription is a machine of its own. Files
   * are read and processes started on a scheduler that may block, never on the subscriber's thread.
   * Cancelling stops the machine, also when it has just come up.
   *
   * @param config what to launch
   * @param listener receives what happens, during the launch and after, on the machine's event
   *     loop; must not block
   * @return the machine, once its daemon has opened its port; an {@link
   *     io.guestfs.appliance.ApplianceConfigurationException} when something that was asked for
   *     cannot be had, an {@link io.guestfs.appliance.ApplianceLaunchException} when the machine
   *     does not come up. After an error nothing is left on the host
   */
  public Mono<Appliance> launch(MachineConfig config, Consumer<ApplianceEvent> listener) {
    return attempt(config, listener, false, strategy::launch).map(machine -> machine);
  }

  /**
   * Launches a machine that waits for its disks.
   *
   * @param config what to launch; it has no drives
   * @param listener as for {@link #launch}
   * @return as {@link #launch}. It is an {@link
   *     io.guestfs.appliance.ApplianceConfigurationException} that the appliance is one that must
   *     be given its disks before it boots
   */
  public Mono<WaitingAppliance> launchWaiting(
      MachineConfig config, Consumer<ApplianceEvent> listener) {
    return attempt(config, listener, true, strategy::launch)
        .map(machine -> new DisklessMachine(machine, config.launchTimeout()));
  }

  /**
   * Makes the template that machines of this configuration are launched from, and warms it.
   *
   * <p>Nothing happens before subscription. Cancelling gives up what this subscription does itself;
   * what another one, or another process, is about goes on.
   *
   * @param config what is to be launched later; its drives do not matter and are not looked at
   * @param listener as for {@link #launch}
   * @return completes when the template is there and warm, which may be at once; an {@link
   *     io.guestfs.appliance.ApplianceConfigurationException} when there cannot be one, an {@link
   *     io.guestfs.appliance.ApplianceLaunchException} when the machine that is to be saved does
   *     not come up
   */
  public Mono<Void> prepareTemplate(MachineConfig config, Consumer<ApplianceEvent> listener) {
    return attempt(config.withDrives(List.of()), listener, false, strategy::prepare).then();
  }

  private <T> Mono<T> attempt(
      MachineConfig config,
      Consumer<ApplianceEvent> listener,
      boolean waits,
      Function<LaunchRequest, Mono<T>> launch) {
    return Mono.fromCallable(() -> prepare(config, listener, waits))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(
            prepared ->
                prepared
                    .ladder()
                    .climb(
                        prepared.events(),
                        (choice, timeout) -> launch.apply(prepared.request(choice, timeout))))
        // Its boot is over, so that nothing else stops what came up when a later step is cancelled.
        .doOnDiscard(Machine.class, machine -> machine.stop().subscribe());
  }

  private Prepared prepare(MachineConfig config, Consumer<ApplianceEvent> listener, boolean waits) {
    EventLoop loop = loops.next();
    Events events = new Events(loop, listener);
    events.publish(new PhaseChanged(Phase.PREPARING));
    ApplianceImage image = ApplianceSource.find(config.applianceDirectory(), config.environment());
    Path qemu = QemuProgram.find(config.qemu());
    QemuProcess.requireHelpers();
    HostUser user = HostUser.of(config.runAs());
    user.require(needs(config, image, qemu));
    if (waits) {
      requireThatItCanWait(config, image);
    }
    List<PreparedDrive> drives = PreparedDrive.prepareAll(drives(config, image), user);
    AcceleratorLadder ladder = AcceleratorLadder.of(config, image, qemu, user, kvm);
    return new Prepared(config, image, qemu, user, drives, waits, ladder, loop, events);
  }

  /** What qemu must be allowed besides the drives. */
  private static List<Need> needs(MachineConfig config, ApplianceImage image, Path qemu) {
    List<Need> needs = new ArrayList<>(MachineFiles.needs(config.environment()));
    needs.add(new Need(Access.ENTER, qemu));
    for (Path file : List.of(image.kernel(), image.initrd(), image.root())) {
      needs.add(new Need(Access.READ, file));
    }
    return needs;
  }

  private static void requireThatItCanWait(MachineConfig config, ApplianceImage image) {
    if (!config.drives().isEmpty()) {
      throw new IllegalArgumentException("a machine that waits for its disks has none");
    }
    if (!image.savable()) {
      throw new ApplianceConfigurationException(
          "the appliance in %s must be given its disks before it boots; it cannot wait for them"
              .formatted(image.directory()));
    }
  }

  private static List<Drive> drives(MachineConfig config, ApplianceImage image) {
    return image.kind() == Kind.FIXED
        ? Stream.concat(config.drives().stream(), Stream.of(fixedRoot(image))).toList()
        : config.drives();
  }

  /** Its init writes to it, and libguestfs throws away what was written, too. */
  private static Drive fixedRoot(ApplianceImage image) {
    return Drive.local(image.root()).format(DiskFormat.RAW).readOnly(true).build();
  }

  /** What all attempts of one launch have in common. */
  private record Prepared(
      MachineConfig config,
      ApplianceImage image,
      Path qemu,
      HostUser user,
      List<PreparedDrive> drives,
      boolean waits,
      AcceleratorLadder ladder,
      EventLoop loop,
      Events events) {

    LaunchRequest request(AcceleratorChoice choice, Duration timeout) {
      return new LaunchRequest(
          config, image, qemu, user, drives, waits, choice, timeout, loop, events);
    }
  }
}
