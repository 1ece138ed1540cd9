package io.guestfs.appliance.launch;

import reactor.core.publisher.Mono;

/** A way to bring a machine up. */
interface LaunchStrategy {

  /**
   * Brings one machine up for each subscription. Cancelling stops it, also when it is just coming
   * up; errors are {@code ApplianceException}s and leave nothing behind.
   */
  Mono<Machine> launch(LaunchRequest request);
}
