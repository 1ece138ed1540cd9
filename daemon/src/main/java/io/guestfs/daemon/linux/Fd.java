package io.guestfs.daemon.linux;

import static io.guestfs.daemon.linux.OpenFlags.O_CLOEXEC;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * An open file, device, pipe or directory. Buffers must be direct. Errors are {@link
 * CallException}s that name the path it was opened with.
 */
public final class Fd implements AutoCloseable {
  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;
  private static final int SEEK_DATA = 3;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int NO_DATA = -1;
  private static final int CLOSED = -1;

  private static final long PID = Syscall.call(Syscall.GETPID, 0, 0, 0);

  private final String name;
  private int number;

  Fd(int number, String name) {
    this.number = number;
    this.name = name;
  }

  /**
   * Opens a path of the daemon's own system, such as a device. Never for paths in the guest: see
   * {@code GuestRoot}.
   */
  public static Fd open(String path, int flags, int mode) {
    Scratch scratch = Scratch.take();
    long result =
        Syscall.call(
            scratch,
            Syscall.OPENAT,
            Syscall.AT_FDCWD,
            scratch.string(path),
            flags | O_CLOEXEC,
            mode,
            0);
    return new Fd((int) Syscall.check(result, "open", path), path);
  }

  /** The number, for calls of this package and as text in an argument of a tool. */
  public int number() {
    if (number == CLOSED) {
      throw new IllegalStateException(name + " is closed");
    }
    return number;
  }

  /** The path it was opened with, for messages. */
  public String name() {
    return name;
  }

  /** A path under which any process of the same user reaches this very object. */
  public String procPath() {
    return "/proc/" + PID + "/fd/" + number();
  }

  /** Reads once; returns the number of bytes, -1 at the end. */
  public int read(ByteBuffer to) {
    return readResult(to, move(Syscall.READ, to, 0), "read");
  }

  /** Reads once at {@code offset}, which leaves the file's own position alone; -1 at the end. */
  public int pread(ByteBuffer to, long offset) {
    return readResult(to, move(Syscall.PREAD, to, offset), "pread");
  }

  /** Writes once; returns how much went out. */
  public int write(ByteBuffer from) {
    return advance(from, move(Syscall.WRITE, from, 0), "write");
  }

  /** Writes once at {@code offset}; returns how much went out. */
  public int pwrite(ByteBuffer from, long offset) {
    return advance(from, move(Syscall.PWRITE, from, offset), "pwrite");
  }

  /** Writes everything. */
  public void writeFully(ByteBuffer from) {
    while (from.hasRemaining()) {
      write(from);
    }
  }

  /**
   * As {@link #write}, for a descriptor that does not block: 0 when nothing can be written now, -1
   * when nobody reads the pipe any more.
   */
  public int writeIfPossible(ByteBuffer from) {
    long result = move(Syscall.WRITE, from, 0);
    if (Syscall.is(result, Errno.EAGAIN)) {
      return 0;
    }
    if (Syscall.is(result, Errno.EPIPE)) {
      return -1;
    }
    return advance(from, result, "write");
  }

  /** Moves the position to {@code offset} bytes from the start. */
  public void seek(long offset) {
    check("lseek", Syscall.call(Syscall.LSEEK, number(), offset, SEEK_SET));
  }

  /** Where the next read or write is. */
  public long position() {
    return check("lseek", Syscall.call(Syscall.LSEEK, number(), 0, SEEK_CUR));
  }

  /** Moves the position to the end and returns it, which is the size, of a block device too. */
  public long seekToEnd() {
    return check("lseek", Syscall.call(Syscall.LSEEK, number(), 0, SEEK_END));
  }

  /**
   * Where at or behind {@code offset} a regular file has something written, which moves the
   * position there; -1 when nothing but a hole follows.
   */
  public long seekToData(long offset) {
    long result = Syscall.call(Syscall.LSEEK, number(), offset, SEEK_DATA);
    return Syscall.is(result, Errno.ENXIO) ? NO_DATA : check("lseek", result);
  }

  public void truncate(long size) {
    check("ftruncate", Syscall.call(Syscall.FTRUNCATE, number(), size, 0));
  }

  /** Sets aside the blocks of this range; {@code mode} as in {@code fallocate(2)}. */
  public void allocate(int mode, long offset, long length) {
    check(
        "fallocate",
        Syscall.call(Scratch.take(), Syscall.FALLOCATE, number(), mode, offset, length, 0));
  }

  /** Waits until content and metadata are on the disk. */
  public void sync() {
    check("fsync", Syscall.call(Syscall.FSYNC, number(), 0, 0));
  }

  /** Waits until the whole file system that this file is on is on the disk. */
  public void syncFileSystem() {
    check("syncfs", Syscall.call(Syscall.SYNCFS, number(), 0, 0));
  }

  public FileStatus status() {
    Scratch scratch = Scratch.take();
    return FileStatus.read(scratch, this, scratch.string(""), Syscall.AT_EMPTY_PATH, "");
  }

  public FileSystemStatus fileSystemStatus() {
    return FileSystemStatus.read(this);
  }

  /** Changes permissions; works through {@code O_PATH} as well, which {@code fchmod} does not. */
  public void chmod(int mode) {
    Scratch scratch = Scratch.take();
    long path = scratch.string(procPath());
    long result = Syscall.call(scratch, Syscall.FCHMODAT, Syscall.AT_FDCWD, path, mode, 0, 0);
    check("chmod", result);
  }

  /** Changes the owner; -1 leaves one as it is. */
  public void chown(int uid, int gid) {
    Scratch scratch = Scratch.take();
    long empty = scratch.string("");
    long result =
        Syscall.call(scratch, Syscall.FCHOWNAT, number(), empty, uid, gid, Syscall.AT_EMPTY_PATH);
    check("chown", result);
  }

  /** Sets both time stamps. */
  public void utimens(FileTime access, FileTime modification) {
    Scratch scratch = Scratch.take();
    long empty = scratch.string("");
    long times = FileTime.write(scratch, access, modification);
    check(
        "utimensat",
        Syscall.call(scratch, Syscall.UTIMENSAT, number(), empty, times, Syscall.AT_EMPTY_PATH, 0));
  }

  /** Where the object is now, as a path of the daemon's own system that is free of symlinks. */
  public String realPath() {
    return Directory.readlink(Syscall.AT_FDCWD, procPath(), name);
  }

  /** What the symlink that this descriptor names ({@code O_PATH | O_NOFOLLOW}) points to. */
  public String readlink() {
    return Directory.readlink(number(), "", name);
  }

  /** {@code argument} is a number, or an address in {@code scratch}. */
  void ioctl(Scratch scratch, long request, long argument, String what) {
    check(what, Syscall.call(scratch, Syscall.IOCTL, number(), request, argument, 0, 0));
  }

  /**
   * Has reads and writes go past the page cache ({@code O_DIRECT}), or not; false when the file
   * system does not take that.
   */
  public boolean setDirect(boolean direct) {
    long result = setFlag(OpenFlags.O_DIRECT, direct);
    if (Syscall.is(result, Errno.EINVAL)) {
      return false;
    }
    check("fcntl", result);
    return true;
  }

  /** Has reads and writes fail with {@code EAGAIN} rather than wait. */
  void setNonBlocking() {
    check("fcntl", setFlag(OpenFlags.O_NONBLOCK, true));
  }

  private long setFlag(int flag, boolean set) {
    long flags = fcntl(F_GETFL, 0);
    return Syscall.call(Syscall.FCNTL, number(), F_SETFL, set ? flags | flag : flags & ~flag);
  }

  long fcntl(int command, long argument) {
    return check("fcntl", Syscall.call(Syscall.FCNTL, number(), command, argument));
  }

  /** Closes it; a second time does nothing. What the kernel could not write fails here at last. */
  @Override
  public void close() {
    if (number == CLOSED) {
      return;
    }
    int closing = number;
    number = CLOSED;
    long result = Syscall.call(Syscall.CLOSE, closing, 0, 0);
    // The kernel lets go of the number before it can be interrupted, so EBADF after EINTR is fine.
    if (result < 0 && !Syscall.is(result, Errno.EBADF)) {
      throw Syscall.failure(result, "close", name);
    }
  }

  private long check(String call, long result) {
    return Syscall.check(result, call, name);
  }

  private long move(int call, ByteBuffer buffer, long offset) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("not a direct buffer");
    }
    long address = MemorySegment.ofBuffer(buffer).address();
    try {
      return Syscall.call(Scratch.take(), call, number(), address, buffer.remaining(), offset, 0);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  private int readResult(ByteBuffer buffer, long result, String call) {
    boolean wanted = buffer.hasRemaining();
    int count = advance(buffer, result, call);
    return count == 0 && wanted ? -1 : count;
  }

  private int advance(ByteBuffer buffer, long result, String call) {
    int count = (int) check(call, result);
    buffer.position(buffer.position() + count);
    return count;
  }
}
