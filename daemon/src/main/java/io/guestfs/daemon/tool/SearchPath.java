package io.guestfs.daemon.tool;

import io.guestfs.daemon.linux.Access;
import org.jspecify.annotations.Nullable;

/** Where programs are looked for. */
final class SearchPath {
  /** The form that it has in the environment of a program. */
  static final String VARIABLE = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";

  private static final String[] FOLDERS = {"/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"};

  private SearchPath() {}

  /** The path of a program below the root directory of this thread; null when there is none. */
  static @Nullable String find(String program) {
    for (String folder : FOLDERS) {
      String path = folder + program;
      if (Access.isExecutable(path)) {
        return path;
      }
    }
    return null;
  }
}
