package io.guestfs.daemon.handler;

import io.guestfs.calls.IsDirOptions;
import io.guestfs.calls.IsFileOptions;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.AttributeCallsHandler;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.FileTime;
import io.guestfs.daemon.linux.Mounting;
import io.guestfs.daemon.root.GuestRoot;
import org.jspecify.annotations.Nullable;

/** Serves the calls about the attributes of files. */
public final class AttributeHandler implements AttributeCallsHandler {
  private static final int PERMISSIONS = 07777;
  private static final int UMASK_MAX = 0777;

  /** In place of nanoseconds: the present. */
  private static final long TIME_NOW = -1;

  /** In place of nanoseconds: what the file has. */
  private static final long TIME_OMIT = -2;

  private static final long NANOSECONDS_PER_SECOND = 1_000_000_000;

  private final GuestRoot root;

  public AttributeHandler(GuestRoot root) {
    this.root = root;
  }

  /** Of a mode that {@code stat} gave only the permissions count. */
  @Override
  public void chmod(int mode, GuestPath path) {
    Arguments.requireNotNegative("mode", mode);
    try (Fd file = root.find(path.name())) {
      file.chmod(mode & PERMISSIONS);
    }
  }

  @Override
  public void chown(int owner, int group, GuestPath path) {
    try (Fd file = root.find(path.name())) {
      file.chown(owner, group);
    }
  }

  @Override
  public void lchown(int owner, int group, GuestPath path) {
    try (Fd file = root.findLink(path.name())) {
      file.chown(owner, group);
    }
  }

  /** A symbolic link is not followed, whatever it leads to: it is something itself. */
  @Override
  public boolean exists(GuestPath path) {
    return root.exists(path.name());
  }

  @Override
  public boolean isFile(GuestPath path, IsFileOptions options) {
    FileStatus status = statusOrNull(path, options.followsymlinks());
    return status != null && status.isRegular();
  }

  @Override
  public boolean isDir(GuestPath path, IsDirOptions options) {
    FileStatus status = statusOrNull(path, options.followsymlinks());
    return status != null && status.isDirectory();
  }

  @Override
  public StatNS statns(GuestPath path) {
    return Statuses.statns(root.status(path.name()));
  }

  @Override
  public StatNS lstatns(GuestPath path) {
    return Statuses.statns(root.linkStatus(path.name()));
  }

  @Override
  public long filesize(GuestPath file) {
    return root.status(file.name()).size();
  }

  @Override
  public void utimens(GuestPath path, long atsecs, long atnsecs, long mtsecs, long mtnsecs) {
    FileTime access = time(atsecs, atnsecs);
    FileTime modification = time(mtsecs, mtnsecs);
    try (Fd file = root.findLink(path.name())) {
      file.utimens(access, modification);
    }
  }

  @Override
  public int umask(int mask) {
    requireInRange("mask", mask, UMASK_MAX);
    return Mounting.umask(mask);
  }

  /** The kernel tells the mask only to who sets it. */
  @Override
  public int getUmask() {
    int mask = Mounting.umask(0);
    Mounting.umask(mask);
    return mask;
  }

  private @Nullable FileStatus statusOrNull(GuestPath path, @Nullable Boolean follow) {
    return root.statusOrNull(path.name(), Boolean.TRUE.equals(follow));
  }

  private static FileTime time(long seconds, long nanoseconds) {
    if (nanoseconds == TIME_NOW) {
      return FileTime.NOW;
    }
    if (nanoseconds == TIME_OMIT) {
      return FileTime.OMIT;
    }
    if (nanoseconds < 0 || nanoseconds >= NANOSECONDS_PER_SECOND) {
      throw new CallException(
          Errno.EINVAL, nanoseconds + " is neither a number of nanoseconds nor -1 nor -2");
    }
    return new FileTime(seconds, nanoseconds);
  }

  private static void requireInRange(String what, int value, int max) {
    if (value < 0 || value > max) {
      throw new CallException(
          Errno.EINVAL, String.format("%s 0%o is not from 0 to 0%o", what, value, max));
    }
  }
}
