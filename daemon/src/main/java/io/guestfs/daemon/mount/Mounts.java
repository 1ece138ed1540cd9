package io.guestfs.daemon.mount;

import static io.guestfs.daemon.linux.OpenFlags.O_DIRECTORY;
import static io.guestfs.daemon.linux.OpenFlags.O_PATH;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Mountable;
import io.guestfs.daemon.device.MapperName;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.MountEntry;
import io.guestfs.daemon.linux.Mounting;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;
import io.guestfs.daemon.tool.ToolResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is mounted in the guest. The kernel knows; nothing is remembered here. */
public final class Mounts {
  private static final String BTRFS = "btrfs";
  private static final int POINT_MODE = 0777;

  private final GuestRoot root;

  /** The same, and a place for mount points while nothing is mounted, too. */
  private final GuestRoot bareRoot;

  /** What was mounted before any guest was, below the root or at it; it stays. */
  private final Set<Long> bare = new HashSet<>();

  public Mounts(GuestRoot root) {
    this.root = root;
    this.bareRoot = GuestRoot.directory(root.hostPath());
    for (MountEntry entry : MountEntry.all()) {
      bare.add(entry.id());
    }
  }

  /**
   * Mounts a file system on a directory of the guest; the first one on {@code /}, or where {@link
   * #makePoint} made one.
   *
   * @param options separated by commas, empty for none
   */
  public void mount(Mountable mountable, String path, String options) {
    mount(mountable, path, options, null);
  }

  /** As {@link #mount(Mountable, String, String)}, with a type that is given. */
  public void mount(Mountable mountable, String path, String options, @Nullable String type) {
    ToolOptions given = new ToolOptions().value("-t ", type);
    String all = withSubvolume(mountable, options);
    if (!all.isEmpty()) {
      given.value("-o ", all);
    }
    mount(given, mountable.device().name(), mountable.name(), path);
  }

  /** Mounts what is in a file of the guest. */
  public void mountLoop(GuestPath file, GuestPath path) {
    try (Fd opened = root.open(file.name(), O_RDONLY, 0)) {
      mount(new ToolOptions().value("-o ", "loop"), opened.procPath(), file.name(), path.name());
    }
  }

  private void mount(ToolOptions options, String source, String name, String path) {
    try (Fd target = findPoint(path)) {
      if (!target.status().isDirectory()) {
        throw new CallException(Errno.ENOTDIR, path + ": the mount point is not a directory");
      }
      root.letGo();
      Tool mount = Tool.of("mount").args(options.arguments()).args("--", source, target.procPath());
      ToolResult result = mount.attempt();
      if (!result.status().isSuccess()) {
        throw new CallException(name + " on " + path + ": " + result.failure().getMessage());
      }
    }
  }

  private Fd findPoint(String path) {
    try {
      return bareRoot.find(path);
    } catch (CallException e) {
      if (e.is(Errno.ENOENT)) {
        root.requireMounted(path);
      }
      throw e;
    }
  }

  /** Makes a directory, outside of all file systems when none is mounted. */
  public void makePoint(String path) {
    try (Entry entry = bareRoot.findEntry(path)) {
      entry.directory().mkdir(entry.name(), POINT_MODE);
    }
  }

  /** Removes a directory, outside of all file systems when none is mounted. */
  public void removePoint(String path) {
    try (Entry entry = bareRoot.findEntry(path)) {
      entry.directory().rmdir(entry.name());
    }
  }

  /** Makes what is mounted at exactly this path writable, or read-only. */
  public void remount(GuestPath path, boolean writable) {
    String options = "remount," + (writable ? "rw" : "ro");
    Tool.of("mount", "-o", options, "--", mountedAt(path).mountPoint()).run();
  }

  private static String withSubvolume(Mountable mountable, String options) {
    String subvolume = mountable.subvolume();
    if (subvolume == null) {
      return options;
    }
    if (subvolume.indexOf(',') >= 0) {
      throw new CallException(
          Errno.EINVAL,
          mountable + ": a comma in the name of a subvolume would end the mount option");
    }
    return "subvol=" + subvolume + (options.isEmpty() ? "" : "," + options);
  }

  /** The mounts of file systems on devices, in the order in which they were made. */
  public List<GuestMount> list() {
    List<GuestMount> mounts = new ArrayList<>();
    for (MountEntry entry : inGuest()) {
      if (Device.isDevice(entry.source())) {
        mounts.add(new GuestMount(mountable(entry), guestPath(entry)));
      }
    }
    return mounts;
  }

  /** Unmounts what is mounted at exactly this path. */
  public void unmount(GuestPath path, int flags) {
    unmount(mountedAt(path), flags);
  }

  private MountEntry mountedAt(GuestPath path) {
    MountEntry mounted;
    try (Fd fd = root.find(path.name())) {
      mounted = mountedAt(fd.status());
    }
    if (mounted == null) {
      throw new CallException(Errno.EINVAL, path + ": nothing is mounted here");
    }
    return mounted;
  }

  private @Nullable MountEntry mountedAt(FileStatus directory) {
    for (MountEntry entry : inGuest()) {
      if (entry.id() == directory.mountId()) {
        try (Fd top = Fd.open(entry.mountPoint(), O_PATH | O_DIRECTORY, 0)) {
          return top.status().isSameFile(directory) ? entry : null;
        }
      }
    }
    return null;
  }

  /** Unmounts what was last mounted of a device. */
  public void unmount(Device device, int flags) {
    MountEntry mounted = lastOf(device);
    if (mounted == null) {
      throw new CallException(Errno.EINVAL, device + ": this is not mounted");
    }
    unmount(mounted, flags);
  }

  /** Where a device is mounted, as a path of the daemon's own system; null when it is not. */
  public @Nullable String place(Device device) {
    MountEntry mounted = lastOf(device);
    return mounted == null ? null : mounted.mountPoint();
  }

  /** Where the file system that a file is in is mounted, as a path of the daemon's own system. */
  public String place(GuestPath path) {
    long id = root.status(path.name()).mountId();
    for (MountEntry entry : inGuest()) {
      if (entry.id() == id) {
        return entry.mountPoint();
      }
    }
    throw new CallException(Errno.EINVAL, path + ": this is in no mounted file system");
  }

  private @Nullable MountEntry lastOf(Device device) {
    FileStatus wanted = FileStatus.of(device.name());
    for (MountEntry entry : inGuest().reversed()) {
      FileStatus source = FileStatus.of(entry.source());
      if (wanted != null && source != null && source.rdev() == wanted.rdev()) {
        return entry;
      }
    }
    return null;
  }

  /**
   * Unmounts everything, the last mounted first, since it may be inside of others. What could not
   * be written keeps nothing mounted, and is reported at the end.
   */
  public void unmountAll() {
    CallException unwritten = null;
    List<MountEntry> left = inGuest();
    while (!left.isEmpty()) {
      CallException failure = trySync(left.getLast());
      unwritten = unwritten == null ? failure : unwritten;
      detach(left.getLast(), 0);
      left = inGuest();
    }
    if (unwritten != null) {
      throw unwritten;
    }
  }

  /** Writes out what is cached of all file systems, and tells when one could not be written. */
  public void sync() {
    for (MountEntry entry : inGuest()) {
      CallException failure = trySync(entry);
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Unmounting by itself does not tell of what could not be written. */
  private @Nullable CallException trySync(MountEntry entry) {
    try (Fd top = Fd.open(entry.mountPoint(), O_RDONLY | O_DIRECTORY, 0)) {
      top.syncFileSystem();
      return null;
    } catch (CallException e) {
      return of(entry, "sync", e);
    }
  }

  private void unmount(MountEntry entry, int flags) {
    CallException unwritten = flags == 0 ? trySync(entry) : null;
    detach(entry, flags);
    if (unwritten != null) {
      throw unwritten;
    }
  }

  private void detach(MountEntry entry, int flags) {
    root.letGo();
    try {
      Mounting.unmount(entry.mountPoint(), flags | Mounting.UMOUNT_NOFOLLOW);
    } catch (CallException e) {
      throw of(entry, "umount", e);
    }
  }

  private CallException of(MountEntry entry, String what, CallException failure) {
    Errno errno = failure.errno();
    return errno == null ? failure : CallException.failed(what + ": " + guestPath(entry), errno);
  }

  private List<MountEntry> inGuest() {
    List<MountEntry> found = new ArrayList<>();
    for (MountEntry entry : MountEntry.all()) {
      String path = entry.mountPoint();
      boolean below = path.equals(root.hostPath()) || path.startsWith(root.hostPath() + "/");
      if (below && !bare.contains(entry.id())) {
        found.add(entry);
      }
    }
    return found;
  }

  private String guestPath(MountEntry entry) {
    String path = entry.mountPoint().substring(root.hostPath().length());
    return path.isEmpty() ? "/" : path;
  }

  private static Mountable mountable(MountEntry entry) {
    Device device = MapperName.canonical(new Device(entry.source()));
    boolean subvolume = entry.type().equals(BTRFS) && !entry.root().equals("/");
    return new Mountable(device, subvolume ? entry.root().substring(1) : null);
  }
}
