package io.guestfs.appliance.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Refuses files that somebody else could have written. */
final class Ownership {

  private static final Path SELF = Path.of("/proc/self");

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private Ownership() {}

  /** Ours, not a symbolic link, and closed to everybody else. */
  static void requirePrivate(Path file) throws IOException {
    requireOurs(file);
    refuse(file, OF_OTHERS);
  }

  /** Ours, and nobody else can put something into it. */
  static void requireOurDirectory(Path directory) throws IOException {
    requireOurs(directory);
    refuse(directory, EnumSet.of(PosixFilePermission.OTHERS_WRITE));
  }

  private static void requireOurs(Path file) throws IOException {
    Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (Files.isSymbolicLink(file) || !owner.equals(Files.getAttribute(SELF, "unix:uid"))) {
      throw new TemplateException(file + " belongs to somebody else, so it is not used", null);
    }
  }

  private static void refuse(Path file, Set<PosixFilePermission> unwanted) throws IOException {
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    for (PosixFilePermission permission : unwanted) {
      if (found.contains(permission)) {
        throw new TemplateException(
            "%s is open to others (%s), so it is not used"
                .formatted(file, PosixFilePermissions.toString(found)),
            null);
      }
    }
  }
}
