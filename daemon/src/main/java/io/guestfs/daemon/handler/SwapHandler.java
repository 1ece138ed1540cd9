package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;

import io.guestfs.calls.MkswapOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.SwapCallsHandler;
import io.guestfs.daemon.filesystem.SwapArea;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.Swapping;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;

/** Serves the calls about swap areas. */
public final class SwapHandler implements SwapCallsHandler {
  private final GuestRoot root;

  public SwapHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void mkswap(Device device, MkswapOptions options) {
    SwapArea.make(device, options);
  }

  @Override
  public void mkswapL(String label, Device device) {
    SwapArea.make(device, MkswapOptions.defaults().label(label));
  }

  @Override
  public void mkswapU(String uuid, Device device) {
    SwapArea.make(device, MkswapOptions.defaults().uuid(uuid));
  }

  @Override
  public void mkswapFile(GuestPath path) {
    try (Fd file = root.open(path.name(), O_RDWR, 0)) {
      SwapArea.make(file);
    }
  }

  @Override
  public void swaponDevice(Device device) {
    Swapping.on(device.name(), device.name());
  }

  @Override
  public void swapoffDevice(Device device) {
    Swapping.off(device.name(), device.name());
  }

  @Override
  public void swaponFile(GuestPath file) {
    try (Fd opened = root.open(file.name(), O_RDONLY, 0)) {
      Swapping.on(opened.procPath(), file.name());
    }
  }

  @Override
  public void swapoffFile(GuestPath file) {
    try (Fd opened = root.open(file.name(), O_RDONLY, 0)) {
      Swapping.off(opened.procPath(), file.name());
    }
  }

  @Override
  public void swaponLabel(String label) {
    Tool.of("swapon", "-L", label).run();
  }

  @Override
  public void swapoffLabel(String label) {
    Tool.of("swapoff", "-L", label).run();
  }

  @Override
  public void swaponUuid(String uuid) {
    Tool.of("swapon", "-U", uuid).run();
  }

  @Override
  public void swapoffUuid(String uuid) {
    Tool.of("swapoff", "-U", uuid).run();
  }
}
