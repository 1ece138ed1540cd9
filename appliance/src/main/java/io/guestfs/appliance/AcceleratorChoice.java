package io.guestfs.appliance;

/**
 * The accelerator that a machine runs with, and why.
 *
 * @param accelerator {@link Accelerator#KVM} or {@link Accelerator#TCG}
 * @param reason a sentence for people
 */
public record AcceleratorChoice(Accelerator accelerator, String reason) {

  /** Refuses {@link Accelerator#AUTO}, which is a wish and not a choice. */
  public AcceleratorChoice {
    if (accelerator == Accelerator.AUTO) {
      throw new IllegalArgumentException("AUTO is a wish, not a choice");
    }
  }
}
