package io.guestfs.daemon.handler;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.ChecksumCallsHandler;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;

/** Serves the calls about checksums. */
public final class ChecksumHandler implements ChecksumCallsHandler {
  private final GuestRoot root;

  public ChecksumHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public String checksum(String csumtype, GuestPath path) {
    ChecksumType type = ChecksumType.of(csumtype);
    try (Fd file = root.openContent(path.name())) {
      return type.sum(file);
    }
  }

  /** What find gives to the program are paths through directories only, never links. */
  @Override
  public void checksumsOut(String csumtype, GuestPath directory, OutgoingFile file) {
    ChecksumType type = ChecksumType.of(csumtype);
    try (Directory opened = root.openDirectory(directory.name())) {
      Tool.of("find", ".", "-type", "f", "-exec", type.program(), "{}", "+")
          .in(opened)
          .output(file)
          .run();
    }
  }
}
