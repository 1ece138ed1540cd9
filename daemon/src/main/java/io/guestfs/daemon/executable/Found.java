package io.guestfs.daemon.executable;

import java.nio.ByteBuffer;

/** Ends a search, and the program that unpacks what is searched, when the processor is known. */
final class Found extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String architecture;

  private Found(String architecture) {
    super(architecture, null, false, false);
    this.architecture = architecture;
  }

  /** Thrown when content begins as a program for a known processor does. */
  static void ifKnown(ByteBuffer head) {
    String architecture = ProgramHeader.architecture(head);
    if (architecture != null) {
      throw new Found(architecture);
    }
  }

  String architecture() {
    return architecture;
  }
}
