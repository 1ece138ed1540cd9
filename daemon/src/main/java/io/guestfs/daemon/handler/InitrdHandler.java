package io.guestfs.daemon.handler;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.InitrdCallsHandler;
import io.guestfs.daemon.initrd.Initrd;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import java.util.List;

/** Serves the calls that look into initial RAM disks. */
public final class InitrdHandler implements InitrdCallsHandler {
  private final GuestRoot root;

  public InitrdHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public List<String> initrdList(GuestPath path) {
    try (Fd file = root.openContent(path.name())) {
      return new Initrd(file).names();
    }
  }

  @Override
  public byte[] initrdCat(GuestPath initrdpath, String filename) {
    try (Fd file = root.openContent(initrdpath.name())) {
      return new Initrd(file).content(filename);
    }
  }
}
