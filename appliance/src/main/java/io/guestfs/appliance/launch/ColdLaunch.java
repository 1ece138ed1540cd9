package io.guestfs.appliance.launch;

import reactor.core.publisher.Mono;

/** Boots kernel and initial RAM disk, as on a machine that was just switched on. */
final class ColdLaunch implements LaunchStrategy {

  @Override
  public Mono<Machine> launch(LaunchRequest request) {
    return BootRun.of(() -> new ColdBoot(request));
  }
}
