package io.guestfs.daemon.linux;

import static io.guestfs.daemon.linux.OpenFlags.O_CLOEXEC;
import static io.guestfs.daemon.linux.OpenFlags.O_DIRECTORY;
import static io.guestfs.daemon.linux.OpenFlags.O_NOFOLLOW;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.value.FileName;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An open directory and the operations on its entries. A name is one component, never a path, and
 * never followed when it is a symlink, so nothing here can leave the directory.
 */
public final class Directory implements AutoCloseable {
  /** {@link #rename}: fail rather than replace. */
  public static final int RENAME_NOREPLACE = 1;

  /** {@link #rename}: swap the two. */
  public static final int RENAME_EXCHANGE = 2;

  private static final int RESOLVE_NO_MAGICLINKS = 0x02;
  private static final int RESOLVE_IN_ROOT = 0x10;
  private static final int OPEN_HOW_SIZE = 24;
  private static final int OWNER_ONLY = 0600;

  private final Fd fd;
  private boolean listed;

  /** Takes over the descriptor, of which nothing has been read. */
  public Directory(Fd fd) {
    this.fd = fd;
  }

  public Fd fd() {
    return fd;
  }

  /** Opens an entry, which fails with ELOOP when it is a symlink. */
  public Fd open(String name, int flags, int mode) {
    Scratch scratch = Scratch.take();
    long result =
        Syscall.call(
            scratch,
            Syscall.OPENAT,
            fd.number(),
            component(scratch, name),
            flags | O_NOFOLLOW | O_CLOEXEC,
            mode,
            0);
    return new Fd((int) check("open", name, result), subject(name));
  }

  /** Makes and opens a file that has no name any more, so that it is gone once it is closed. */
  public Fd openNameless() {
    String name = ".guestfs-" + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX);
    Fd file = open(name, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL, OWNER_ONLY);
    try {
      unlink(name);
      return file;
    } catch (CallException e) {
      file.close();
      throw e;
    }
  }

  /** Opens a directory in this one. */
  public Directory openDirectory(String name) {
    return new Directory(open(name, O_RDONLY | O_DIRECTORY, 0));
  }

  /**
   * Opens a path, resolved by the kernel as if this directory were {@code /}: neither {@code ..}
   * nor any symlink leads out of it. Magic links of /proc are refused (ELOOP).
   */
  public Fd openInRoot(String path, int flags, int mode) {
    Scratch scratch = Scratch.take();
    long name = scratch.string(path);
    boolean creates = (flags & OpenFlags.O_CREAT) != 0;
    long how =
        scratch.words(
            flags | O_CLOEXEC, creates ? mode : 0, RESOLVE_NO_MAGICLINKS | RESOLVE_IN_ROOT);
    long result;
    do {
      result = Syscall.call(scratch, Syscall.OPENAT2, fd.number(), name, how, OPEN_HOW_SIZE, 0);
      // Something was renamed or mounted meanwhile, and the kernel cannot be sure of a "..".
    } while (Syscall.is(result, Errno.EAGAIN));
    return new Fd((int) Syscall.check(result, "open", path), path);
  }

  /** The status of the entry itself. */
  public FileStatus status(String name) {
    Scratch scratch = Scratch.take();
    long entry = component(scratch, name);
    return FileStatus.read(scratch, fd, entry, Syscall.AT_SYMLINK_NOFOLLOW, name);
  }

  /** The status of the entry itself, null when there is none. */
  public @Nullable FileStatus statusOrNull(String name) {
    Scratch scratch = Scratch.take();
    long entry = component(scratch, name);
    return FileStatus.readOrNull(scratch, fd, entry, Syscall.AT_SYMLINK_NOFOLLOW, name);
  }

  /**
   * Gives the status of each entry itself, in order; null when there is none, or none to be had.
   */
  public void forEachStatus(List<FileName> names, Consumer<@Nullable FileStatus> each) {
    FileStatus.readEach(fd, names, each);
  }

  public void mkdir(String name, int mode) {
    check("mkdir", name, call(Syscall.MKDIRAT, name, mode, 0));
  }

  public void mknod(String name, int mode, long device) {
    check("mknod", name, call(Syscall.MKNODAT, name, mode, device));
  }

  /** Removes an entry that is not a directory. */
  public void unlink(String name) {
    check("unlink", name, call(Syscall.UNLINKAT, name, 0, 0));
  }

  /** Removes an empty directory. */
  public void rmdir(String name) {
    check("rmdir", name, call(Syscall.UNLINKAT, name, Syscall.AT_REMOVEDIR, 0));
  }

  /** Makes {@code name} a symlink to {@code target}, which may be anything. */
  public void symlink(String target, String name) {
    Scratch scratch = Scratch.take();
    long text = scratch.string(target);
    long result =
        Syscall.call(scratch, Syscall.SYMLINKAT, text, fd.number(), component(scratch, name), 0, 0);
    check("symlink", name, result);
  }

  /** Gives an entry, which may be a symlink, another name. */
  public void link(String name, Directory newDirectory, String newName) {
    Scratch scratch = Scratch.take();
    long from = component(scratch, name);
    long to = component(scratch, newName);
    check(
        "link",
        newName,
        Syscall.call(scratch, Syscall.LINKAT, fd.number(), from, newDirectory.fd.number(), to, 0));
  }

  public void rename(String name, Directory newDirectory, String newName, int flags) {
    Scratch scratch = Scratch.take();
    long from = component(scratch, name);
    long to = component(scratch, newName);
    long result =
        Syscall.call(
            scratch, Syscall.RENAMEAT2, fd.number(), from, newDirectory.fd.number(), to, flags);
    check("rename", name, result);
  }

  public String readlink(String name) {
    checkComponent(name);
    return readlink(fd.number(), name, subject(name));
  }

  /** Changes the owner of the entry itself; -1 leaves one as it is. */
  public void chown(String name, int uid, int gid) {
    Scratch scratch = Scratch.take();
    long entry = component(scratch, name);
    long result =
        Syscall.call(
            scratch, Syscall.FCHOWNAT, fd.number(), entry, uid, gid, Syscall.AT_SYMLINK_NOFOLLOW);
    check("chown", name, result);
  }

  /** Sets both time stamps of the entry itself. */
  public void utimens(String name, FileTime access, FileTime modification) {
    Scratch scratch = Scratch.take();
    long entry = component(scratch, name);
    long times = FileTime.write(scratch, access, modification);
    long result =
        Syscall.call(
            scratch, Syscall.UTIMENSAT, fd.number(), entry, times, Syscall.AT_SYMLINK_NOFOLLOW, 0);
    check("utimensat", name, result);
  }

  /** Lists the entries from the start, in the file system's order, but {@code .} and {@code ..}. */
  public DirectoryReader entries() {
    return list(false);
  }

  /** As {@link #entries}, with {@code .} and {@code ..} where the file system has them. */
  public DirectoryReader allEntries() {
    return list(true);
  }

  private DirectoryReader list(boolean dots) {
    if (listed) {
      fd.seek(0);
    }
    listed = true;
    return new DirectoryReader(fd, dots);
  }

  @Override
  public void close() {
    fd.close();
  }

  static String readlink(int directory, String name, String subject) {
    Scratch scratch = Scratch.take();
    long path = scratch.string(name);
    int size = DirectoryReader.PATH_MAX;
    int offset = scratch.room(size);
    long length =
        Syscall.call(
            scratch, Syscall.READLINKAT, directory, path, scratch.address(offset), size, 0);
    return scratch.text(offset, (int) Syscall.check(length, "readlink", subject));
  }

  private long call(int number, String name, long first, long second) {
    Scratch scratch = Scratch.take();
    return Syscall.call(scratch, number, fd.number(), component(scratch, name), first, second, 0);
  }

  private long check(String call, String name, long result) {
    return result < 0 ? Syscall.check(result, call, subject(name)) : result;
  }

  private String subject(String name) {
    return subject(fd, name);
  }

  /** How an entry, or without a name the directory, is called in messages. */
  static String subject(Fd directory, String name) {
    String path = directory.name();
    return name.isEmpty() || path.endsWith("/") ? path + name : path + "/" + name;
  }

  private static long component(Scratch scratch, String name) {
    checkComponent(name);
    return scratch.string(name);
  }

  private static void checkComponent(String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
      throw CallException.failed("'" + name + "' is not the name of an entry", Errno.EINVAL);
    }
  }
}
