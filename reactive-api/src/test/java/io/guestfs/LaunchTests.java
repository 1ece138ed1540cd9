package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.QemuOption;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** From a machine to a handle. */
@Timeout(60)
class LaunchTests {

  private final ScriptedDaemon.OrderlyChannel channel = new ScriptedDaemon.OrderlyChannel();
  private final FakeAppliance appliance = new FakeAppliance(channel);
  private final GuestfsBuilder builder =
      Guestfs.builder()
          .launchTimeout(Duration.ofSeconds(10))
          .limits(Limits.BASE)
          .launcher((loop, config, listener) -> Mono.just(appliance));

  /** Does on the thread of the test what other threads would do. */
  private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.getOrSet();

  @AfterEach
  void cleanUp() {
    VirtualTimeScheduler.reset();
    channel.finishAndReleaseAll();
  }

  private Recorder<Guestfs> launching() {
    return launching(builder.launch());
  }

  private Recorder<Guestfs> launching(Mono<Guestfs> launch) {
    channel.freezeTime();
    Recorder<Guestfs> recorder = Recorder.of(launch);
    scheduler.advanceTime();
    channel.runPendingTasks();
    return recorder;
  }

  private void send(ByteBuf bytes) {
    channel.whole(() -> channel.writeInbound(bytes));
    channel.runPendingTasks();
  }

  @Test
  void completesWithTheLaunchFlag() {
    Recorder<Guestfs> launch = launching();
    launch.assertNothingYet();
    assertThat(channel.config().isAutoRead()).isTrue();
    send(Frames.launchFlag(ByteBufAllocator.DEFAULT));
    assertThat(launch.values()).hasSize(1);
    assertThat(launch.values().get(0).state()).isEqualTo(GuestfsState.READY);
    assertThat(launch.values().get(0).accelerator()).isEqualTo(appliance.accelerator());
    assertThat(appliance.isStopped()).isFalse();
  }

  @Test
  void anyOtherFirstWordStopsTheMachine() {
    Recorder<Guestfs> launch = launching();
    send(Frames.cancelFlag(ByteBufAllocator.DEFAULT));
    assertThat(launch.assertError(LaunchException.class)).hasMessageContaining("launch flag");
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void bytesThatAreNoFrameStopTheMachine() {
    Recorder<Guestfs> launch = launching();
    send(ByteBufAllocator.DEFAULT.buffer().writeInt(-1));
    assertThat(launch.assertError(LaunchException.class)).hasMessageContaining("4294967295");
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void deathBeforeTheLaunchFlagShowsTheConsole() {
    Recorder<Guestfs> launch = launching();
    appliance.die();
    channel.runPendingTasks();
    LaunchException error = launch.assertError(LaunchException.class);
    assertThat(error).hasMessageContaining("signal 9").hasMessageContaining("Kernel panic");
    assertThat(error.console()).isEqualTo(FakeAppliance.CONSOLE);
    assertThat(appliance.isStopped()).isTrue();
  }

  /** What is seen first of a qemu that was killed is mostly the end of the connection. */
  @Test
  void aConnectionThatClosesBeforeTheLaunchFlagWaitsForTheExitStatus() {
    Recorder<Guestfs> launch = launching();
    hangUp();
    launch.assertNothingYet();
    appliance.die();
    channel.runPendingTasks();
    assertThat(launch.assertError(LaunchException.class)).hasMessageContaining("signal 9");
  }

  @Test
  void aConnectionThatClosesBeforeTheLaunchFlagWaitsNotForEver() {
    Recorder<Guestfs> launch = launching();
    hangUp();
    channel.advanceTimeBy(Connection.EXIT_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
    assertThat(launch.assertError(LaunchException.class))
        .hasMessageContaining("it closed the connection");
    assertThat(appliance.isStopped()).isTrue();
  }

  private void hangUp() {
    channel.whole(
        () -> {
          ChannelFuture unused = channel.close();
        });
    channel.runPendingTasks();
  }

  @Test
  void silenceEndsAtTheTimeout() {
    Recorder<Guestfs> launch = launching();
    channel.advanceTimeBy(10, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(launch.assertError(LaunchException.class)).hasMessageContaining("10000 ms");
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void cancellingStopsTheMachine() {
    launching().cancel();
    assertThat(appliance.isStopped()).isTrue();
  }

  @Test
  void cancellingFromAnotherThreadWhileTheHandleIsSignalledClosesIt() {
    AtomicReference<Recorder<Guestfs>> launch = new AtomicReference<>();
    launch.set(
        launching(
            builder
                .launch()
                .doOnNext(
                    handle -> {
                      Thread other =
                          new Thread(() -> Objects.requireNonNull(launch.get()).cancel());
                      other.start();
                      join(other);
                    })));
    send(Frames.launchFlag(ByteBufAllocator.DEFAULT));
    // The close waits for the answer to its flush, which shows that there was one.
    ByteBuf autosync = channel.readOutbound();
    assertThat(autosync.getInt(4 + 8)).isEqualTo(282);
    autosync.release();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void takingOneHandleDoesNotCloseIt() {
    Recorder<Guestfs> launch = launching(builder.launch().flux().next());
    send(Frames.launchFlag(ByteBufAllocator.DEFAULT));
    assertThat(launch.values()).hasSize(1);
    channel.runPendingTasks();
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
    assertThat(appliance.isStopped()).isFalse();
  }

  @Test
  void whatTheApplianceRefusesIsALaunchException() {
    GuestfsBuilder refused =
        Guestfs.builder()
            .launcher(
                (loop, config, listener) ->
                    Mono.error(new ApplianceConfigurationException("disk.img: is a directory")));
    assertThat(launching(refused.launch()).assertError(LaunchException.class))
        .hasMessage("disk.img: is a directory");
  }

  @Test
  void aTemplateIsPreparedForEachSubscriptionAndLaunchesNothing() {
    List<MachineConfig> prepared = new ArrayList<>();
    Mono<Void> preparation =
        builder
            .launcher(preparing(Mono::empty, prepared))
            .memoryMegabytes(700)
            .warmTemplates(false)
            .prepareTemplate();
    assertThat(prepared).isEmpty();
    prepare(preparation).assertComplete();
    prepare(preparation).assertComplete();
    assertThat(prepared)
        .hasSize(2)
        .allMatch(config -> config.memoryMegabytes() == 700 && !config.warmTemplates());
  }

  @Test
  void whatKeepsATemplateFromBeingPreparedIsALaunchException() {
    GuestfsBuilder refused =
        builder.launcher(
            preparing(
                () -> Mono.error(new ApplianceConfigurationException("templates are off")),
                new ArrayList<>()));
    assertThat(prepare(refused.prepareTemplate()).assertError(LaunchException.class))
        .hasMessage("templates are off");
    assertThat(
            prepare(refused.memoryMegabytes(1).prepareTemplate())
                .assertError(LaunchException.class))
        .hasMessageContaining("1 MB of memory");
  }

  private Recorder<Void> prepare(Mono<Void> preparation) {
    Recorder<Void> recorder = Recorder.of(preparation);
    scheduler.advanceTime();
    return recorder;
  }

  /** Launches nothing. */
  private static Launch.Launcher preparing(
      Supplier<Mono<Void>> preparation, List<MachineConfig> prepared) {
    return new Launch.Launcher() {
      @Override
      public Mono<Appliance> launch(
          EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
        return Mono.error(new AssertionError("nothing was to be launched"));
      }

      @Override
      public Mono<Void> prepareTemplate(
          EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
        prepared.add(config);
        return preparation.get();
      }
    };
  }

  @Test
  void aMachineThatDoesNotComeUpIsALaunchException() {
    GuestfsBuilder failing =
        Guestfs.builder()
            .launcher(
                (loop, config, listener) ->
                    Mono.error(
                        new ApplianceLaunchException("qemu died", null, List.of("panic"), null)));
    LaunchException error = launching(failing.launch()).assertError(LaunchException.class);
    assertThat(error.console()).containsExactly("panic");
  }

  @Test
  void aSettingThatMakesNoSenseIsAnErrorOfTheLaunch() {
    GuestfsBuilder tiny = builder.memoryMegabytes(1);
    assertThat(launching(tiny.launch()).assertError(LaunchException.class))
        .hasMessageContaining("1 MB of memory");
  }

  @Test
  void anOptionThatQemuMustNotHaveIsAnErrorOfTheLaunch() {
    GuestfsBuilder other = builder.qemuOption("-kernel", "/vmlinuz");
    assertThat(launching(other.launch()).assertError(LaunchException.class))
        .hasMessageContaining("qemu option -kernel");
  }

  @Test
  @SuppressWarnings("deprecation") // they are to work all the same
  void whatOlderProgramsSetReachesTheMachineAndTheHandle() {
    AtomicReference<MachineConfig> machine = new AtomicReference<>();
    GuestfsBuilder older =
        builder
            .launcher(
                (loop, config, listener) -> {
                  machine.set(config);
                  return Mono.just(appliance);
                })
            .addDriveWithIf(Path.of("/a"), "ide")
            .addDriveRoWithIf(Path.of("/b"), "virtio")
            .selinux(true)
            .direct(true)
            .pgroup(false)
            .recoveryProc(false)
            .qemuOption("-name", "mine")
            .qemuOption("-no-hpet", null);
    Recorder<Guestfs> launch = launching(older.launch());
    send(Frames.launchFlag(ByteBufAllocator.DEFAULT));

    MachineConfig launched = Objects.requireNonNull(machine.get());
    assertThat(launched.drives())
        .containsExactly(
            Drive.local(Path.of("/a")).build(), Drive.local(Path.of("/b")).readOnly(true).build());
    assertThat(launched.qemuOptions())
        .containsExactly(new QemuOption("-name", "mine"), new QemuOption("-no-hpet", null));
    Guestfs g = launch.values().get(0);
    assertThat(g.getSelinux().block()).isTrue();
    assertThat(g.getDirect().block()).isTrue();
    assertThat(g.getPgroup().block()).isFalse();
    assertThat(g.getRecoveryProc().block()).isFalse();
  }

  @Test
  void theListenerHearsOfTheLaunch() throws InterruptedException {
    AtomicReference<GuestfsEvent> heard = new AtomicReference<>();
    GuestfsResources resources = GuestfsResources.create(1);
    launching(
        Guestfs.builder()
            .resources(resources)
            .listener(heard::set)
            .launcher(
                (loop, config, listener) -> {
                  listener.accept(new ApplianceEvent.PhaseChanged(Phase.BOOTING));
                  return Mono.never();
                })
            .launch());
    resources.next().submit(() -> {}).sync();
    assertThat(heard).hasValue(new GuestfsEvent.LaunchPhase(Phase.BOOTING));
    VirtualTimeScheduler.reset();
    resources.disposeLater().block(Duration.ofSeconds(20));
    assertThat(resources.isDisposed()).isTrue();
  }
}
