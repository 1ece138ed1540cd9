package io.guestfs.daemon.filesystem;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Mounting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The types of file systems of which the kernel has code, or a module. */
public final class FilesystemTypes {
  private static final Path LOADED = Path.of("/proc/filesystems");
  private static final Pattern NAME = Pattern.compile("\\w+", Pattern.DOTALL);

  private FilesystemTypes() {}

  /** Whether a name could be one. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether file systems of this type can be mounted. */
  public static boolean isAvailable(String type) {
    return isLoaded(type) || Mounting.isFileSystem(type);
  }

  private static boolean isLoaded(String type) {
    try {
      // Each line is a word about devices, which may be missing, a tab, and the name.
      return Files.readAllLines(LOADED).stream().anyMatch(line -> line.endsWith("\t" + type));
    } catch (IOException e) {
      throw new CallException(Errno.EIO, LOADED + ": " + e.getMessage());
    }
  }
}
