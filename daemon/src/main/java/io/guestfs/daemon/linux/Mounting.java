package io.guestfs.daemon.linux;

/** Mounting file systems, and writing out what they hold. */
public final class Mounting {
  public static final long MS_RDONLY = 1;
  public static final long MS_NOSUID = 2;
  public static final long MS_NODEV = 4;
  public static final long MS_NOEXEC = 8;
  public static final long MS_REMOUNT = 32;
  public static final long MS_BIND = 4096;
  public static final long MS_REC = 16384;
  public static final long MS_PRIVATE = 1 << 18;

  /** {@link #unmount}: even if the server of the file system does not answer. */
  public static final int MNT_FORCE = 1;

  /** {@link #unmount}: leave the tree at once, let go of the file system when nobody uses it. */
  public static final int MNT_DETACH = 2;

  /** {@link #unmount}: do not follow a symlink. */
  public static final int UMOUNT_NOFOLLOW = 8;

  private Mounting() {}

  /** {@code target} is a path of the daemon's own system, {@link Fd#procPath} among them. */
  public static void mount(String source, String target, String type, long flags, String options) {
    Scratch scratch = Scratch.take();
    long from = scratch.string(source);
    long to = scratch.string(target);
    long fileSystem = scratch.string(type);
    long data = scratch.string(options);
    long result = Syscall.call(scratch, Syscall.MOUNT, from, to, fileSystem, flags, data);
    Syscall.check(result, "mount", source + " on " + target);
  }

  /** {@code target} is a path of the daemon's own system. */
  public static void unmount(String target, int flags) {
    Scratch scratch = Scratch.take();
    long result = Syscall.call(scratch, Syscall.UMOUNT2, scratch.string(target), flags, 0, 0, 0);
    Syscall.check(result, "umount", target);
  }

  /**
   * Whether the kernel has this type of file system; its module is loaded if it has to be. Those
   * without the right to mount are told that it does not.
   */
  public static boolean isFileSystem(String type) {
    Scratch scratch = Scratch.take();
    long result = Syscall.call(scratch, Syscall.FSOPEN, scratch.string(type), 0, 0, 0, 0);
    if (result < 0) {
      return false;
    }
    new Fd((int) result, type).close();
    return true;
  }

  /** Writes out everything that is cached, of all file systems. */
  public static void sync() {
    Syscall.call(Syscall.SYNC, 0, 0, 0);
  }

  /** Sets the permissions that new files do not get; returns the ones before. */
  public static int umask(int mask) {
    return (int) Syscall.call(Syscall.UMASK, mask, 0, 0);
  }
}
