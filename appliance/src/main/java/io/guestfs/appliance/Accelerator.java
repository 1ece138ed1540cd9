package io.guestfs.appliance;

/** How qemu runs the guest's instructions. */
public enum Accelerator {
  /** KVM when it really works on this machine, else {@link #TCG}. */
  AUTO,
  /** Hardware virtualisation; the launch fails where it does not work. */
  KVM,
  /** Translation in software; works everywhere, several times slower. */
  TCG;

  /**
   * The name that qemu's {@code -accel} takes.
   *
   * @return {@code kvm} or {@code tcg}
   * @throws IllegalStateException for {@link #AUTO}, which is decided before qemu starts
   */
  public String qemuName() {
    return switch (this) {
      case KVM -> "kvm";
      case TCG -> "tcg";
      case AUTO -> throw new IllegalStateException("AUTO is not known to qemu");
    };
  }
}
