package io.guestfs.appliance;

import io.netty.channel.Channel;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A running machine. Whoever launched it must {@link #stop} it; when the JVM dies, the machine dies
 * too.
 */
public interface Appliance {

  /**
   * The connection to the daemon: the host's end of the virtio-serial port {@code
   * org.libguestfs.channel.0}. Its pipeline is empty and auto-read is off, so nothing has been read
   * from it. It belongs to the caller, who reads the daemon's launch flag first.
   *
   * @return a connected Unix-socket channel, registered on the event loop of this machine
   */
  Channel channel();

  /**
   * How qemu ended.
   *
   * @return completes when the process has ended, for whatever reason, and at once when it had
   *     already; cancelling has no effect on the machine. Signals arrive on a thread that must not
   *     block
   */
  Mono<ApplianceExit> exit();

  /**
   * The guest's console, line by line: first the last lines so far, then what comes. Completes when
   * qemu has ended. A subscriber that is too slow loses the oldest lines it has not taken.
   *
   * @return a hot stream; signals arrive on the machine's event loop
   */
  Flux<String> console();

  /**
   * The last lines of the console.
   *
   * @return oldest first
   */
  List<String> consoleTail();

  /**
   * What the machine runs with, and why.
   *
   * @return KVM or TCG
   */
  AcceleratorChoice accelerator();

  /**
   * The process id of qemu itself, also when a wrapper script started it.
   *
   * @return the id, for statistics; an error when qemu has ended
   */
  Mono<Long> qemuPid();

  /**
   * Stops the machine: asks qemu to quit, kills it when it has not by the deadline of the
   * configuration, then removes the private directory.
   *
   * @return completes when the process has ended, has let go of the disks, and nothing is left on
   *     the host. One stop for all subscribers, also late ones; cancelling does not take it back
   */
  Mono<Void> stop();
}
