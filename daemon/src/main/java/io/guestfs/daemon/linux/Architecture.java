package io.guestfs.daemon.linux;

/** The two processors whose numbers this package knows. */
final class Architecture {
  /** True on x86-64, false on aarch64; nothing else is supported. */
  static final boolean X86 = isX86(System.getProperty("os.arch", "unknown"));

  private Architecture() {}

  private static boolean isX86(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> true;
      case "aarch64" -> false;
      default -> throw new IllegalStateException("the daemon does not know the processor " + name);
    };
  }
}
