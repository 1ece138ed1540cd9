package io.guestfs.daemon.handler;

import io.guestfs.calls.UTSName;
import io.guestfs.calls.wire.KernelCallsHandler;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.linux.KernelSetting;
import io.guestfs.daemon.linux.SystemName;
import io.guestfs.daemon.tool.Tool;

/** Serves the calls about the kernel, which the daemon changes in the appliance only. */
public final class KernelHandler implements KernelCallsHandler {
  private final Disks disks;

  public KernelHandler(Disks disks) {
    this.disks = disks;
  }

  @Override
  public String dmesg() {
    return Tool.of("dmesg").run();
  }

  @Override
  public UTSName utsname() {
    SystemName name = SystemName.get();
    return new UTSName(name.system(), name.release(), name.version(), name.machine());
  }

  @Override
  public void modprobe(String modulename) {
    disks.require();
    Tool.of("modprobe", "--", modulename).run();
  }

  @Override
  public void dropCaches(int whattodrop) {
    disks.require();
    KernelSetting.DROP_CACHES.set(whattodrop);
  }
}
