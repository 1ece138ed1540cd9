package io.guestfs.daemon.handler;

import io.guestfs.calls.RemountOptions;
import io.guestfs.calls.UmountOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.DeviceOrPath;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.wire.MountCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Mounting;
import io.guestfs.daemon.mount.GuestMount;
import io.guestfs.daemon.mount.Mounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the calls about mounting. */
public final class MountHandler implements MountCallsHandler {
  private final Mounts mounts;

  public MountHandler(Mounts mounts) {
    this.mounts = mounts;
  }

  @Override
  public void mount(Mountable mountable, String mountpoint) {
    mounts.mount(mountable, mountpoint, "");
  }

  @Override
  public void mountRo(Mountable mountable, String mountpoint) {
    mounts.mount(mountable, mountpoint, "ro");
  }

  @Override
  public void mountOptions(String options, Mountable mountable, String mountpoint) {
    mounts.mount(mountable, mountpoint, options);
  }

  @Override
  public void mountVfs(String options, String vfstype, Mountable mountable, String mountpoint) {
    mounts.mount(mountable, mountpoint, options, vfstype);
  }

  @Override
  public void mountLoop(GuestPath file, GuestPath mountpoint) {
    mounts.mountLoop(file, mountpoint);
  }

  @Override
  public void remount(GuestPath mountpoint, RemountOptions options) {
    Boolean writable = options.rw();
    if (writable == null) {
      throw new CallException(Errno.EINVAL, "remount: rw must be given");
    }
    mounts.remount(mountpoint, writable);
  }

  @Override
  public void mkmountpoint(String exemptpath) {
    mounts.makePoint(exemptpath);
  }

  @Override
  public void rmmountpoint(String exemptpath) {
    mounts.removePoint(exemptpath);
  }

  @Override
  public List<Mountable> mounts() {
    return mounts.list().stream().map(GuestMount::mountable).toList();
  }

  @Override
  public Map<Mountable, String> mountpoints() {
    Map<Mountable, String> paths = new LinkedHashMap<>();
    for (GuestMount mount : mounts.list()) {
      paths.put(mount.mountable(), mount.path());
    }
    return paths;
  }

  @Override
  public void umount(DeviceOrPath pathordevice, UmountOptions options) {
    int flags = flag(options.force(), Mounting.MNT_FORCE);
    flags |= flag(options.lazyunmount(), Mounting.MNT_DETACH);
    switch (pathordevice) {
      case Device device -> mounts.unmount(device, flags);
      case GuestPath path -> mounts.unmount(path, flags);
    }
  }

  private static int flag(@Nullable Boolean option, int flag) {
    return Boolean.TRUE.equals(option) ? flag : 0;
  }

  @Override
  public void umountAll() {
    mounts.unmountAll();
  }
}
