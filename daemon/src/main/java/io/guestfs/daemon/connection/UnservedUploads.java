package io.guestfs.daemon.connection;

/**
 * Upload calls of libguestfs that nobody serves yet. A library sends the file at once, so it has to
 * be stopped before the refusal goes out, or chunks would be taken for messages.
 */
final class UnservedUploads {
  private UnservedUploads() {}

  static boolean contain(int procedure) {
    return switch (procedure) {
      case 241 -> true; // debug_upload
      case 397 -> true; // internal_rhbz914931
      case 413 -> true; // internal_upload
      case 472 -> true; // yara_load
      default -> false;
    };
  }
}
