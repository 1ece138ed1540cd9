package io.guestfs.daemon.handler;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.LinkCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.path.FreeName;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import java.util.function.Consumer;

/** Serves the calls about hard and symbolic links. */
public final class LinkHandler implements LinkCallsHandler {
  private static final String TEMPORARY = ".guestfs-" + FreeName.PLACEHOLDER;

  private final GuestRoot root;

  public LinkHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void ln(String target, GuestPath linkname) {
    try (Entry entry = root.findEntry(linkname.name());
        Entry file = root.findEntry(absolute(target))) {
      file.directory().link(file.name(), entry.directory(), entry.name());
    }
  }

  @Override
  public void lnF(String target, GuestPath linkname) {
    try (Entry entry = root.findEntry(linkname.name());
        Entry file = root.findEntry(absolute(target))) {
      Directory directory = entry.directory();
      replace(entry, name -> file.directory().link(file.name(), directory, name));
    }
  }

  @Override
  public void lnS(String target, GuestPath linkname) {
    try (Entry entry = root.findEntry(linkname.name())) {
      entry.directory().symlink(target, entry.name());
    }
  }

  @Override
  public void lnSf(String target, GuestPath linkname) {
    try (Entry entry = place(target, linkname)) {
      replace(entry, name -> entry.directory().symlink(target, name));
    }
  }

  @Override
  public String readlink(GuestPath path) {
    try (Entry entry = root.findEntry(path.name())) {
      return entry.directory().readlink(entry.name());
    }
  }

  /** Where ln(1) makes a link: in a directory, if that is what is there. */
  private Entry place(String target, GuestPath linkname) {
    return isDirectory(linkname.name())
        ? root.findEntry(linkname.name() + "/" + lastComponent(target))
        : root.findEntry(linkname.name());
  }

  private boolean isDirectory(String path) {
    try {
      FileStatus status = root.statusOrNull(path);
      return status != null && status.isDirectory();
    } catch (CallException e) {
      if (e.is(Errno.ELOOP)) {
        return false;
      }
      throw e;
    }
  }

  /** What has the name keeps it until the link is there, so a failure changes nothing. */
  private static void replace(Entry entry, Consumer<String> maker) {
    Directory directory = entry.directory();
    try {
      maker.accept(entry.name());
    } catch (CallException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
      String temporary = FreeName.make(TEMPORARY, "", maker);
      try {
        directory.rename(temporary, directory, entry.name(), 0);
      } finally {
        // It is there still when renaming failed, or both were names of one file already.
        if (directory.statusOrNull(temporary) != null) {
          directory.unlink(temporary);
        }
      }
    }
  }

  private static String absolute(String target) {
    return target.startsWith("/") ? target : "/" + target;
  }

  private static String lastComponent(String target) {
    int end = target.length();
    while (end > 0 && target.charAt(end - 1) == '/') {
      end--;
    }
    return target.substring(target.lastIndexOf('/', end - 1) + 1, end);
  }
}
