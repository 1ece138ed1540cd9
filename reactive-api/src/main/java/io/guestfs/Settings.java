package io.guestfs;

import io.guestfs.appliance.MachineConfig;
import io.guestfs.protocol.frame.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * What a {@link GuestfsBuilder} was told. A builder copies it, changes the copy, and hands that to
 * the next builder; after that it stays as it is.
 */
final class Settings {

  /**
   * What the machine is to be; applied at each launch, so that errors are signals of the launch.
   */
  Consumer<MachineConfig.Builder> machine = unchanged -> {};

  Launch.Launcher launcher = Launch.Launcher.QEMU;
  @Nullable GuestfsResources resources;
  @Nullable Scheduler signalScheduler;
  Consumer<GuestfsEvent> listener = event -> {};
  GuestfsInstrumentation instrumentation = GuardedInstrumentation.NONE;

  /** Null for what the environment says. */
  @Nullable Boolean trace;

  /** What a daemon is offered. */
  Limits limits = Limits.LARGEST;

  /** Null for those of this process. */
  @Nullable Map<String, String> environment;

  /** Null for what the environment says. */
  @Nullable List<String> backendSettings;

  boolean autosync = true;
  boolean pgroup = true;
  boolean recoveryProc = true;
  String identifier = "";
  String program = "";

  int maxPendingCalls = GuestfsBuilder.DEFAULT_MAX_PENDING_CALLS;
  @Nullable Duration callTimeout;
  Duration idleTimeout = Duration.ofMinutes(5);
  Duration drainTimeout = Duration.ofMinutes(1);
  Duration closeTimeout = Duration.ofMinutes(5);
  Duration handshakeTimeout = Duration.ofMinutes(5);

  Settings() {}

  Settings(Settings other) {
    machine = other.machine;
    launcher = other.launcher;
    resources = other.resources;
    signalScheduler = other.signalScheduler;
    listener = other.listener;
    instrumentation = other.instrumentation;
    trace = other.trace;
    limits = other.limits;
    environment = other.environment;
    backendSettings = other.backendSettings;
    autosync = other.autosync;
    pgroup = other.pgroup;
    recoveryProc = other.recoveryProc;
    identifier = other.identifier;
    program = other.program;
    maxPendingCalls = other.maxPendingCalls;
    callTimeout = other.callTimeout;
    idleTimeout = other.idleTimeout;
    drainTimeout = other.drainTimeout;
    closeTimeout = other.closeTimeout;
    handshakeTimeout = other.handshakeTimeout;
  }

  Timeouts timeouts() {
    return new Timeouts(callTimeout, idleTimeout, drainTimeout, closeTimeout, handshakeTimeout);
  }
}
