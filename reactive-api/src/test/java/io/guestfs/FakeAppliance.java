package io.guestfs;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceExit;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A machine that is only a channel. */
final class FakeAppliance implements Appliance {

  static final List<String> CONSOLE = List.of("Linux version", "Kernel panic");

  private final Channel channel;
  private final Sinks.One<ApplianceExit> exit = Sinks.one();
  private final AtomicInteger stops;
  private final Mono<Void> stop;

  FakeAppliance(Channel channel) {
    this(channel, new AtomicInteger());
  }

  /** Counts in {@code stops} when it is stopped. */
  FakeAppliance(Channel channel, AtomicInteger stops) {
    this.channel = channel;
    this.stops = stops;
    this.stop =
        Mono.<Void>fromRunnable(
                () -> {
                  stops.incrementAndGet();
                  ChannelFuture unused = channel.close();
                  exit.tryEmitValue(new ApplianceExit(0, List.of(), CONSOLE));
                })
            .cache();
  }

  /** As if qemu had been killed. */
  void die() {
    exit.tryEmitValue(new ApplianceExit(128 + 9, List.of(), CONSOLE));
  }

  boolean isStopped() {
    return stops.get() > 0;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public Mono<ApplianceExit> exit() {
    return exit.asMono();
  }

  @Override
  public Flux<String> console() {
    return Flux.fromIterable(CONSOLE);
  }

  @Override
  public List<String> consoleTail() {
    return CONSOLE;
  }

  @Override
  public AcceleratorChoice accelerator() {
    return new AcceleratorChoice(Accelerator.TCG, "it is a fake");
  }

  @Override
  public Mono<Long> qemuPid() {
    return Mono.just(0L);
  }

  @Override
  public Mono<Void> stop() {
    return stop;
  }
}
