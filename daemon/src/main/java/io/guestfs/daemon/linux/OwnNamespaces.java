package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A thread with its own view of the file systems, for starting children that have that view.
 *
 * <p>Root directory, working directory and mounts belong to a thread rather than to the process
 * once it has asked for its own, and a child inherits those of the thread that starts it. So what
 * is mounted for a child is never seen by the daemon, and is gone with the child without anybody
 * unmounting it. The child is the first process of its own process namespace as well: when it ends,
 * the kernel ends whatever it has left behind, which would keep file systems busy.
 */
public final class OwnNamespaces {
  private static final int CLONE_NEWNS = 0x20000;
  private static final int CLONE_NEWPID = 0x20000000;

  private static final int AT_RECURSIVE = 0x8000;
  private static final long NO_SUID_DEVICES_EXECUTION = 2 | 4 | 8;
  private static final int MOUNT_ATTRIBUTES_SIZE = 32;

  private OwnNamespaces() {}

  /** Runs {@code action} on a thread that has its own view, and ends the thread. */
  public static <T> T call(Supplier<T> action) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter();
              return action.get();
            });
    new Thread(task, "namespaces").start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CallException.failed("namespaces", Errno.EINTR);
    }
  }

  /** Changes the root directory of this thread, to be called within {@link #call}. */
  public static void changeRoot(String path) {
    Scratch scratch = Scratch.take();
    long result = Syscall.call(scratch, Syscall.CHROOT, scratch.string(path), 0, 0, 0, 0);
    Syscall.check(result, "chroot", path);
  }

  /** Changes the working directory of this thread, to be called within {@link #call}. */
  public static void changeDirectory(String path) {
    Scratch scratch = Scratch.take();
    long result = Syscall.call(scratch, Syscall.CHDIR, scratch.string(path), 0, 0, 0, 0);
    Syscall.check(result, "chdir", path);
  }

  /**
   * Makes nothing below {@code path} executable, as a program or as a library, nor usable as a
   * device, in the view of this thread; to be called within {@link #call}.
   */
  public static void denyExecution(String path) {
    // Only what something is mounted on has attributes of its own.
    Mounting.mount(path, path, "", Mounting.MS_BIND | Mounting.MS_REC, "");
    Scratch scratch = Scratch.take();
    long name = scratch.string(path);
    int attributes = scratch.reserve(MOUNT_ATTRIBUTES_SIZE);
    scratch.memory().putLong(attributes, NO_SUID_DEVICES_EXECUTION);
    long result =
        Syscall.call(
            scratch,
            Syscall.MOUNT_SETATTR,
            Syscall.AT_FDCWD,
            name,
            AT_RECURSIVE,
            scratch.address(attributes),
            MOUNT_ATTRIBUTES_SIZE);
    Syscall.check(result, "mount_setattr", path);
  }

  private static void enter() {
    long result = Syscall.call(Syscall.UNSHARE, CLONE_NEWNS | CLONE_NEWPID, 0, 0);
    Syscall.check(result, "unshare", "namespaces");
    // Else mounts would show up where this view was copied from.
    Mounting.mount("", "/", "", Mounting.MS_REC | Mounting.MS_PRIVATE, "");
  }
}
