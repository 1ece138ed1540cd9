package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;

/**
 * System calls by number, through {@code syscall(2)}: the numbers and the structures are the
 * kernel's own, so nothing depends on what a C library's header makes of them.
 */
final class Syscall {
  static final int READ = number(0, 63);
  static final int WRITE = number(1, 64);
  static final int CLOSE = number(3, 57);
  static final int LSEEK = number(8, 62);
  static final int IOCTL = number(16, 29);
  static final int PREAD = number(17, 67);
  static final int PWRITE = number(18, 68);
  static final int READV = number(19, 65);
  static final int GETPID = number(39, 172);
  static final int SOCKET = number(41, 198);
  static final int CONNECT = number(42, 203);
  static final int SHUTDOWN = number(48, 210);
  static final int BIND = number(49, 200);
  static final int SOCKETPAIR = number(53, 199);
  static final int SETSOCKOPT = number(54, 208);
  static final int WAIT4 = number(61, 260);
  static final int KILL = number(62, 129);
  static final int UNAME = number(63, 160);
  static final int FCNTL = number(72, 25);
  static final int FSYNC = number(74, 82);
  static final int FTRUNCATE = number(77, 46);
  static final int CHDIR = number(80, 49);
  static final int FCHMOD = number(91, 52);
  static final int UMASK = number(95, 166);
  static final int FSTATFS = number(138, 44);
  static final int SCHED_SETSCHEDULER = number(144, 119);
  static final int CHROOT = number(161, 51);
  static final int SYNC = number(162, 81);
  static final int MOUNT = number(165, 40);
  static final int UMOUNT2 = number(166, 39);
  static final int SWAPON = number(167, 224);
  static final int SWAPOFF = number(168, 225);
  static final int SETXATTR = number(188, 5);
  static final int GETXATTR = number(191, 8);
  static final int LISTXATTR = number(194, 11);
  static final int REMOVEXATTR = number(197, 14);
  static final int GETDENTS = number(217, 61);
  static final int CLOCK_SETTIME = number(227, 112);
  static final int INOTIFY_ADD_WATCH = number(254, 27);
  static final int INOTIFY_RM_WATCH = number(255, 28);
  static final int OPENAT = number(257, 56);
  static final int MKDIRAT = number(258, 34);
  static final int MKNODAT = number(259, 33);
  static final int FCHOWNAT = number(260, 54);
  static final int UNLINKAT = number(263, 35);
  static final int LINKAT = number(265, 37);
  static final int SYMLINKAT = number(266, 36);
  static final int READLINKAT = number(267, 78);
  static final int FCHMODAT = number(268, 53);
  static final int FACCESSAT = number(269, 48);
  static final int PPOLL = number(271, 73);
  static final int UNSHARE = number(272, 97);
  static final int UTIMENSAT = number(280, 88);
  static final int FALLOCATE = number(285, 47);
  static final int PIPE2 = number(293, 59);
  static final int INOTIFY_INIT1 = number(294, 26);
  static final int SYNCFS = number(306, 267);
  static final int RENAMEAT2 = number(316, 276);
  static final int GETRANDOM = number(318, 278);
  static final int STATX = number(332, 291);
  static final int FSOPEN = number(430, 430);
  static final int PIDFD_OPEN = number(434, 434);
  static final int OPENAT2 = number(437, 437);
  static final int MOUNT_SETATTR = number(442, 442);

  /** Instead of a directory: what is relative is relative to the working directory. */
  static final int AT_FDCWD = -100;

  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_REMOVEDIR = 0x200;

  /** The descriptor itself is meant, and the name is empty. */
  static final int AT_EMPTY_PATH = 0x1000;

  private static final NativeFunction SYSCALL = NativeFunction.named("syscall");

  private Syscall() {}

  /** Returns what the kernel returns: a result, or a negative error number. */
  static long call(Scratch scratch, int number, long a, long b, long c, long d, long e) {
    while (true) {
      long result = SYSCALL.call(scratch, number, a, b, c, d, e, 0);
      if (result != -1) {
        return result;
      }
      int errno = scratch.errno();
      if (errno != Errno.EINTR.number()) {
        return -errno;
      }
    }
  }

  static long call(int number, long a, long b, long c) {
    return call(Scratch.take(), number, a, b, c, 0, 0);
  }

  /** Whether {@code result} is this error. */
  static boolean is(long result, Errno errno) {
    return result == -errno.number();
  }

  /** The exception for a negative result. */
  static CallException failure(long result, String call, String subject) {
    return CallException.failed(call + ": " + subject, Errno.of((int) -result));
  }

  /** Passes a result on, and turns an error into an exception. */
  static long check(long result, String call, String subject) {
    if (result < 0) {
      throw failure(result, call, subject);
    }
    return result;
  }

  private static int number(int x86, int aarch64) {
    return Architecture.X86 ? x86 : aarch64;
  }
}
