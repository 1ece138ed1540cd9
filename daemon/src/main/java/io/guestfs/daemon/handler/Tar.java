package io.guestfs.daemon.handler;

import io.guestfs.calls.TarInOptions;
import io.guestfs.calls.TarOutOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packing and unpacking directories of the guest by tar(1). */
final class Tar {
  /**
   * Owners are tried out with these, for no file system can refuse them to root but all of them.
   */
  private static final int SOMEBODY = 1000;

  /**
   * In blocks of 512 bytes. Tar writes as much to a file at once, at most; by default it is less
   * than three pages, and the page between two writes is looked up for each.
   */
  private static final String RECORD_SIZE = "--blocking-factor=512";

  private final GuestRoot root;

  Tar(GuestRoot root) {
    this.root = root;
  }

  /**
   * Unpacks an archive. Tar follows links that are there already, absolute ones too, so it runs
   * where all of them resolve inside the guest.
   */
  void unpack(IncomingFile archive, GuestPath directory, TarInOptions options) {
    Compression compression = Compression.ofOptional(options.compress());
    Tool tar = Tool.of("tar", "--extract", RECORD_SIZE, "--file=-", "--directory=" + directory);
    // Names would be looked up in the guest, by code of the guest.
    tar.args("--numeric-owner");
    if (!canChangeOwners(directory)) {
      tar.args("--no-same-owner");
    }
    if (compression != null) {
      tar.args(compression.unpackOptionInside());
    }
    if (isSet(options.xattrs())) {
      // Without patterns tar restores but those of users.
      tar.args("--xattrs", "--xattrs-include=*");
    }
    addOption(tar, "--selinux", options.selinux());
    addOption(tar, "--acls", options.acls());
    addOption(tar, "--keep-directory-symlink", options.keepdirlink());
    tar.inside(root).input(archive).run();
  }

  /** Packs a directory. Tar works in it and follows no link, so nothing leads it out. */
  void pack(GuestPath directory, TarOutOptions options, OutgoingFile archive) {
    Compression compression = Compression.ofOptional(options.compress());
    Tool tar = Tool.of("tar", "--create", "--file=-");
    if (compression != null) {
      tar.args(compression.packOption());
    }
    List<String> excludes = options.excludes();
    if (excludes != null) {
      excludes.forEach(pattern -> tar.args("--exclude=" + pattern));
    }
    addOption(tar, "--numeric-owner", options.numericowner());
    addOption(tar, "--xattrs", options.xattrs());
    addOption(tar, "--selinux", options.selinux());
    addOption(tar, "--acls", options.acls());
    try (Directory opened = root.openDirectory(directory.name())) {
      tar.args(".").in(opened).output(archive).run();
    }
  }

  /**
   * Whether the file system has owners, which FAT for one has not. It is tried before anything of
   * the archive is read, so a directory that cannot be written to is found as early.
   */
  private boolean canChangeOwners(GuestPath directory) {
    try (Directory opened = root.openDirectory(directory.name());
        Fd file = opened.openNameless()) {
      file.chown(SOMEBODY, SOMEBODY);
      return true;
    } catch (CallException e) {
      if (e.is(Errno.EPERM)) {
        return false;
      }
      throw e;
    }
  }

  private static void addOption(Tool tar, String option, @Nullable Boolean wanted) {
    if (isSet(wanted)) {
      tar.args(option);
    }
  }

  private static boolean isSet(@Nullable Boolean option) {
    return Boolean.TRUE.equals(option);
  }
}
