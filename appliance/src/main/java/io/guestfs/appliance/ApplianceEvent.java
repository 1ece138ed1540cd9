package io.guestfs.appliance;

/**
 * What happens while a machine is launched and runs. A listener is called on the machine's event
 * loop, one event at a time; it must not block.
 */
public sealed interface ApplianceEvent {

  /** Steps of a launch, in order. */
  enum Phase {
    /** Looking at the appliance, the drives and the host. */
    PREPARING,
    /** There is no template yet, so one is made: a machine boots, and is saved. */
    CAPTURING,
    /** qemu is started. */
    STARTING_QEMU,
    /** A saved machine is loaded; the guest does not boot then. */
    RESTORING,
    /** The drives are plugged in. */
    ATTACHING_DRIVES,
    /** The guest runs; its daemon has not answered yet. A saved guest wakes up. */
    BOOTING,
    /** The daemon opened its port. */
    READY,
    /** qemu ended, by request or by itself. */
    STOPPED
  }

  /**
   * A step began.
   *
   * @param phase which
   */
  record PhaseChanged(Phase phase) implements ApplianceEvent {}

  /**
   * The guest's console said something.
   *
   * @param line without its end
   */
  record ConsoleLine(String line) implements ApplianceEvent {}

  /**
   * The accelerator is settled for this attempt.
   *
   * @param choice which, and why
   */
  record AcceleratorChosen(AcceleratorChoice choice) implements ApplianceEvent {}

  /**
   * Something is not as it should be, and the launch goes on.
   *
   * @param message a sentence
   */
  record Warning(String message) implements ApplianceEvent {}
}
