package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_NOFOLLOW;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.CapabilityCallsHandler;
import io.guestfs.daemon.linux.Capabilities;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;

/** Serves the calls about the capabilities of programs. */
public final class CapabilityHandler implements CapabilityCallsHandler {
  private final GuestRoot root;

  public CapabilityHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public String capGetFile(GuestPath path) {
    try (Fd file = root.find(path.name())) {
      return new Capabilities(file).get();
    }
  }

  @Override
  public void capSetFile(GuestPath path, String cap) {
    try (Fd file = root.open(path.name(), O_RDONLY | O_NOFOLLOW, 0)) {
      new Capabilities(file).set(cap);
    }
  }
}
