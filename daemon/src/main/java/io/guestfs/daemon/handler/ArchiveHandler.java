package io.guestfs.daemon.handler;

import io.guestfs.calls.CpioOutOptions;
import io.guestfs.calls.MksquashfsOptions;
import io.guestfs.calls.TarInOptions;
import io.guestfs.calls.TarOutOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.ArchiveCallsHandler;
import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;

/** Serves the calls that pack and unpack archives. */
public final class ArchiveHandler implements ArchiveCallsHandler {
  private static final String GZIP = "gzip";
  private static final String XZ = "xz";

  private final GuestRoot root;
  private final Tar tar;
  private final Squashfs squashfs;

  public ArchiveHandler(GuestRoot root) {
    this.root = root;
    this.tar = new Tar(root);
    this.squashfs = new Squashfs(root);
  }

  /** Find follows no link, and cpio is given paths through directories only. */
  @Override
  public void cpioOut(String directory, CpioOutOptions options, OutgoingFile file) {
    String format = options.format() == null ? "newc" : options.format();
    if (!format.equals("newc") && !format.equals("crc")) {
      throw new CallException(
          Errno.EINVAL, "'" + format + "' is not a format of cpio, which are newc and crc");
    }
    try (Directory opened = root.openDirectory(directory)) {
      Tool names = Tool.of("find", ".", "-print0").in(opened);
      Tool.of("cpio", "--create", "--null", "--quiet", "--format=" + format)
          .in(opened)
          .input(names)
          .output(file)
          .run();
    }
  }

  @Override
  public void mksquashfs(GuestPath path, MksquashfsOptions options, OutgoingFile file) {
    squashfs.make(path, options, file);
  }

  @Override
  public void tgzIn(IncomingFile tarball, GuestPath directory) {
    tar.unpack(tarball, directory, TarInOptions.defaults().compress(GZIP));
  }

  @Override
  public void tgzOut(GuestPath directory, OutgoingFile file) {
    tar.pack(directory, TarOutOptions.defaults().compress(GZIP), file);
  }

  @Override
  public void txzIn(IncomingFile tarball, GuestPath directory) {
    tar.unpack(tarball, directory, TarInOptions.defaults().compress(XZ));
  }

  @Override
  public void txzOut(GuestPath directory, OutgoingFile file) {
    tar.pack(directory, TarOutOptions.defaults().compress(XZ), file);
  }
}
