package io.guestfs.daemon.root;

import static io.guestfs.daemon.linux.OpenFlags.O_DIRECTORY;
import static io.guestfs.daemon.linux.OpenFlags.O_NOCTTY;
import static io.guestfs.daemon.linux.OpenFlags.O_NOFOLLOW;
import static io.guestfs.daemon.linux.OpenFlags.O_NONBLOCK;
import static io.guestfs.daemon.linux.OpenFlags.O_PATH;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.FileType;
import io.guestfs.daemon.linux.MountEntry;
import org.jspecify.annotations.Nullable;

/**
 * The file systems of the guest, mounted at a directory of the daemon's own system.
 *
 * <p>All access is relative to that directory, and the kernel resolves every path as if it were
 * {@code /}, so that no symlink and no {@code ..} in an untrusted guest leads out. Paths are those
 * of the guest, absolute, and errors name them so.
 *
 * <p>The root of the file system that is mounted there is kept open, since nearly every call begins
 * with it. It would keep that file system busy, and hide one that is mounted over it: whoever
 * mounts or unmounts has it {@link #letGo} first.
 */
public final class GuestRoot {
  private final String hostPath;

  /** The mount that the bare directory is on; any other means that a guest is mounted. */
  private final long bareMountId;

  private final boolean mountRequired;

  /** The root of the guest's file system, once it was needed; null when there is none. */
  private @Nullable Directory mounted;

  private GuestRoot(String hostPath, boolean mountRequired) {
    this.hostPath = hostPath;
    this.mountRequired = mountRequired;
    try (Fd fd = openBare()) {
      this.bareMountId = fd.status().mountId();
    }
  }

  /** A directory on which nothing is mounted yet; paths exist only once something is. */
  public static GuestRoot mountPoint(String hostPath) {
    return new GuestRoot(hostPath, true);
  }

  /** A directory that already has what is to be served. */
  public static GuestRoot directory(String hostPath) {
    return new GuestRoot(hostPath, false);
  }

  /** The directory's path outside the guest. */
  public String hostPath() {
    return hostPath;
  }

  /** Fails when there is no file system for {@code what} to work in. */
  public void requireMounted(String what) {
    if (!isMounted()) {
      throw new CallException(
          Errno.EINVAL, what + ": nothing is mounted yet; mount a file system on / first");
    }
  }

  /** Whether there is a file system to look for paths in. */
  public boolean isMounted() {
    return mountedRoot() != null || !mountRequired || isMountedInside();
  }

  /** Closes what is kept open, before anything is mounted or unmounted. */
  public void letGo() {
    if (mounted != null) {
      mounted.close();
      mounted = null;
    }
  }

  /**
   * Opens a regular file or a directory, following symlinks inside the guest. Pipes, sockets and
   * devices are refused: opening one could wait for ever, or reach beyond the guest.
   */
  public Fd open(String path, int flags, int mode) {
    Fd fd = resolve(path, flags | O_NONBLOCK | O_NOCTTY, mode);
    FileType type = fd.status().type();
    if (type != FileType.REGULAR && type != FileType.DIRECTORY) {
      fd.close();
      throw new CallException(Errno.EINVAL, path + ": not a regular file");
    }
    return fd;
  }

  /** Opens a regular file to be read, following symlinks inside the guest. */
  public Fd openContent(String path) {
    Fd fd = open(path, O_RDONLY, 0);
    if (fd.status().isDirectory()) {
      fd.close();
      throw CallException.failed(path, Errno.EISDIR);
    }
    return fd;
  }

  /** Opens a directory, following symlinks inside the guest. */
  public Directory openDirectory(String path) {
    return new Directory(resolve(path, O_RDONLY | O_DIRECTORY, 0));
  }

  /** Names a file of any type without opening it, following symlinks inside the guest. */
  public Fd find(String path) {
    return resolve(path, O_PATH, 0);
  }

  /** Names a file of any type without opening it; a symlink as last component is not followed. */
  public Fd findLink(String path) {
    return resolve(path, O_PATH | O_NOFOLLOW, 0);
  }

  /** Opens the directory that {@code path} is in, for operations on the last component itself. */
  public Entry findEntry(String path) {
    requireAbsolute(path);
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    int slash = path.lastIndexOf('/', end - 1);
    if (slash < 0) {
      throw new CallException(Errno.EBUSY, path + ": this is the root directory of the guest");
    }
    String name = path.substring(slash + 1, end);
    if (name.equals(".") || name.equals("..")) {
      throw new CallException(Errno.EINVAL, path + ": the last component must be a name");
    }
    try {
      return new Entry(openDirectory(path.substring(0, slash + 1)), name);
    } catch (CallException e) {
      throw e.of(path);
    }
  }

  /** The path of an existing file, free of symlinks. */
  public String realPath(String path) {
    String inGuest = hostPath(path).substring(hostPath("/").length());
    return inGuest.isEmpty() ? "/" : inGuest;
  }

  /**
   * Where an existing file is outside the guest, for programs that follow no symlink from there.
   */
  public String hostPath(String path) {
    try (Fd file = find(path)) {
      return file.realPath();
    }
  }

  /** Whether there is a file, which may be a symlink. */
  public boolean exists(String path) {
    try {
      findLink(path).close();
      return true;
    } catch (CallException e) {
      requireAbsent(e);
      return false;
    }
  }

  /** The status of what {@code path} leads to. */
  public FileStatus status(String path) {
    return status(path, 0);
  }

  /** The status of what {@code path} leads to; null when there is no such file. */
  public @Nullable FileStatus statusOrNull(String path) {
    return orNull(path, 0);
  }

  /** The status of the file itself, which may be a symlink. */
  public FileStatus linkStatus(String path) {
    return status(path, O_NOFOLLOW);
  }

  /** The status of the file itself, which may be a symlink; null when there is none. */
  public @Nullable FileStatus linkStatusOrNull(String path) {
    return orNull(path, O_NOFOLLOW);
  }

  /** One of the two before. */
  public @Nullable FileStatus statusOrNull(String path, boolean follow) {
    return follow ? statusOrNull(path) : linkStatusOrNull(path);
  }

  private @Nullable FileStatus orNull(String path, int flags) {
    try {
      return status(path, flags);
    } catch (CallException e) {
      requireAbsent(e);
      return null;
    }
  }

  private static void requireAbsent(CallException e) {
    if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)) {
      throw e;
    }
  }

  private FileStatus status(String path, int flags) {
    try (Fd fd = resolve(path, O_PATH | flags, 0)) {
      return fd.status();
    }
  }

  private Fd resolve(String path, int flags, int mode) {
    requireAbsolute(path);
    Directory root = mountedRoot();
    if (root != null) {
      return root.openInRoot(path, flags, mode);
    }
    requireMounted(path);
    try (Directory bare = new Directory(openBare())) {
      return bare.openInRoot(path, flags, mode);
    }
  }

  private @Nullable Directory mountedRoot() {
    if (mounted == null && mountRequired) {
      Fd fd = openBare();
      if (fd.status().mountId() == bareMountId) {
        fd.close();
      } else {
        mounted = new Directory(fd);
      }
    }
    return mounted;
  }

  /** Mount points can be made while nothing is mounted at the directory itself. */
  private boolean isMountedInside() {
    String inside = hostPath + "/";
    return MountEntry.all().stream().anyMatch(entry -> entry.mountPoint().startsWith(inside));
  }

  private Fd openBare() {
    return Fd.open(hostPath, O_PATH | O_DIRECTORY, 0);
  }

  private static void requireAbsolute(String path) {
    if (!path.startsWith("/")) {
      throw new CallException(Errno.EINVAL, path + ": a path in the guest must start with /");
    }
  }
}
