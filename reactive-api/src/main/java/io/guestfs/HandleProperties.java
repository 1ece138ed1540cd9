package io.guestfs;

import io.guestfs.appliance.MachineConfig;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a handle was launched with, and what can be changed about it since, by any thread. */
final class HandleProperties {

  private static final AtomicLong HANDLES = new AtomicLong();

  /** Tells the handles of this process apart. */
  private final long number = HANDLES.incrementAndGet();

  private final MachineConfig machine;
  private final List<String> backendSettings;
  private final boolean pgroup;
  private final boolean recoveryProc;
  private volatile boolean trace;
  private volatile boolean verbose;
  private volatile boolean autosync;
  private volatile String identifier;
  private volatile String program;

  HandleProperties(MachineConfig machine, List<String> backendSettings, Settings settings) {
    this.machine = machine;
    this.backendSettings = backendSettings;
    pgroup = settings.pgroup;
    recoveryProc = settings.recoveryProc;
    trace = settings.trace == null ? machine.environment().trace() : settings.trace;
    verbose = machine.verbose();
    autosync = settings.autosync;
    identifier = settings.identifier;
    program = settings.program;
  }

  long number() {
    return number;
  }

  MachineConfig machine() {
    return machine;
  }

  List<String> backendSettings() {
    return backendSettings;
  }

  boolean pgroup() {
    return pgroup;
  }

  boolean recoveryProc() {
    return recoveryProc;
  }

  boolean trace() {
    return trace;
  }

  void trace(boolean trace) {
    this.trace = trace;
  }

  boolean verbose() {
    return verbose;
  }

  void verbose(boolean verbose) {
    this.verbose = verbose;
  }

  boolean autosync() {
    return autosync;
  }

  void autosync(boolean autosync) {
    this.autosync = autosync;
  }

  String identifier() {
    return identifier;
  }

  void identifier(String identifier) {
    this.identifier = identifier;
  }

  String program() {
    return program;
  }

  void program(String program) {
    this.program = program;
  }
}
