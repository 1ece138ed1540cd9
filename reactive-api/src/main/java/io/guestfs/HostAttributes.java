package io.guestfs;

import io.guestfs.TarHeader.MemberType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a file of the host itself, be it a link.
 *
 * @param mode permissions and type, as stat(2) gives them
 * @param links how many names it has, a directory always one
 * @param identity the same for all names of one file
 */
record HostAttributes(
    int mode,
    long uid,
    long gid,
    long links,
    String identity,
    long size,
    long seconds,
    long device) {

  private static final int TYPE_MASK = 0170000;
  private static final int PERMISSIONS = 0777;
  private static final int ALL_PERMISSIONS = 07777;

  static HostAttributes read(Path file) throws IOException {
    Map<String, Object> unix = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) number(unix, "mode");
    boolean directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    FileTime modified = (FileTime) Objects.requireNonNull(unix.get("lastModifiedTime"));
    return new HostAttributes(
        mode,
        number(unix, "uid"),
        number(unix, "gid"),
        directory ? 1 : number(unix, "nlink"),
        number(unix, "dev") + ":" + number(unix, "ino"),
        number(unix, "size"),
        modified.to(TimeUnit.SECONDS),
        number(unix, "rdev"));
  }

  /** Whether this process may do all to files, as root does. */
  static boolean isRoot() throws IOException {
    return Objects.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"), 0);
  }

  /** Gives a file or directory, not a link, what a tar archive says of it. */
  static void apply(Path file, TarHeader header, boolean asRoot) throws IOException {
    if (asRoot) {
      setOwner(file, header);
    }
    int mode = header.mode() & (asRoot ? ALL_PERMISSIONS : PERMISSIONS);
    Files.setAttribute(file, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    Files.setLastModifiedTime(file, FileTime.from(header.seconds(), TimeUnit.SECONDS));
  }

  /** Gives a file, directory or link its owner, which takes the right to. */
  static void setOwner(Path file, TarHeader header) throws IOException {
    Files.setAttribute(file, "unix:uid", (int) header.uid(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", (int) header.gid(), LinkOption.NOFOLLOW_LINKS);
  }

  /** What it is in an archive; null for a socket, which has no place there. */
  @Nullable MemberType tarType() {
    return switch (mode & TYPE_MASK) {
      case 0010000 -> MemberType.FIFO;
      case 0020000 -> MemberType.CHARACTER;
      case 0040000 -> MemberType.DIRECTORY;
      case 0060000 -> MemberType.BLOCK_DEVICE;
      case 0100000 -> MemberType.REGULAR;
      case 0120000 -> MemberType.SYMLINK;
      default -> null;
    };
  }

  TarHeader header(String name, MemberType type, long content, String linkName) {
    boolean node = type == MemberType.CHARACTER || type == MemberType.BLOCK_DEVICE;
    int permissions = mode & ALL_PERMISSIONS;
    return new TarHeader(
        name, type, permissions, uid, gid, content, seconds, linkName, node ? device : 0);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
  }
}
