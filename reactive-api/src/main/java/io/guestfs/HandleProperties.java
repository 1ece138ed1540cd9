package io.guestfs;

import io.guestfs.appliance.MachineConfig;
import java.util.List;

/** What a handle was launched with, and what can be changed about it since, by any thread. */
final class HandleProperties {

  private final MachineConfig machine;
  private final List<String> backendSettings;
  private volatile boolean trace;
  private volatile boolean verbose;
  private volatile boolean autosync;
  private volatile String identifier;
  private volatile String program;

  HandleProperties(MachineConfig machine, List<String> backendSettings, Settings settings) {
    this.machine = machine;
    this.backendSettings = backendSettings;
    trace = settings.trace == null ? machine.environment().trace() : settings.trace;
    verbose = machine.verbose();
    autosync = settings.autosync;
    identifier = settings.identifier;
    program = settings.program;
  }

  MachineConfig machine() {
    return machine;
  }

  List<String> backendSettings() {
    return backendSettings;
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
