package io.guestfs.daemon.handler;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.DirectoryCallsHandler;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.DirectoryReader;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Serves the calls about directories. */
public final class DirectoryHandler implements DirectoryCallsHandler {
  /** Permissions of a new directory, less the umask. */
  private static final int NEW_DIRECTORY = 0777;

  private final GuestRoot root;

  public DirectoryHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void mkdir(GuestPath path) {
    mkdir(path.name());
  }

  @Override
  public void mkdirMode(GuestPath path, int mode) {
    Arguments.requireNotNegative("mode", mode);
    mkdir(path.name(), mode);
  }

  @Override
  public void rmdir(GuestPath path) {
    try (Entry entry = root.findEntry(path.name())) {
      entry.directory().rmdir(entry.name());
    }
  }

  @Override
  public String ll(GuestPath directory) {
    return list(directory, Tool.of("ls", "-la"));
  }

  @Override
  public String llz(GuestPath directory) {
    return list(directory, Tool.of("ls", "-laZ"));
  }

  @Override
  public void mkdirP(GuestPath path) {
    Deque<String> missing = new ArrayDeque<>();
    String next = withoutSlashes(path.name());
    while (!makeOrFind(next)) {
      missing.push(next);
      next = parent(next);
    }
    for (String each : missing) {
      if (!makeOrFind(each)) {
        throw CallException.failed(each, Errno.ENOENT);
      }
    }
  }

  @Override
  public void ls0(GuestPath dir, OutgoingFile file) {
    Names names = new Names(file);
    try (Directory opened = root.openDirectory(dir.name())) {
      DirectoryReader entries = opened.entries();
      while (entries.next()) {
        names.add(entries);
      }
    }
    names.end();
  }

  @Override
  public void find0(GuestPath directory, OutgoingFile file) {
    String path = directory.name();
    boolean slash = path.endsWith("/");
    try (Directory opened = root.openDirectory(path)) {
      // As for find(1), a link has nothing below it: with the slash its directory is meant.
      if (slash || !root.linkStatus(path).isSymlink()) {
        findBelow(opened, slash ? "%P" : "/%P").output(file).run();
      }
    }
  }

  /** What {@link #find0} sends, as far as it fits into a message. */
  String find(GuestPath directory) {
    try (Directory opened = root.openDirectory(directory.name())) {
      return findBelow(opened, "%P").run();
    }
  }

  /** The names in a directory, without those that every directory has. */
  void forEachName(GuestPath directory, Consumer<String> action) {
    try (Directory opened = root.openDirectory(directory.name())) {
      DirectoryReader entries = opened.entries();
      while (entries.next()) {
        action.accept(entries.name());
      }
    }
  }

  /** All entries of a directory, with what is known of them without looking at them. */
  void readAll(GuestPath directory, Consumer<DirectoryReader> reading) {
    try (Directory opened = root.openDirectory(directory.name())) {
      reading.accept(opened.allEntries());
    }
  }

  /** It follows no link, so it stays in the directory; {@code %P} is a path relative to it. */
  private static Tool findBelow(Directory directory, String format) {
    return Tool.of("find", ".", "-mindepth", "1", "-printf", format + "\\0").in(directory);
  }

  /** A file that is no directory is listed itself. */
  private String list(GuestPath path, Tool ls) {
    String realPath = root.realPath(path.name());
    if (root.linkStatus(realPath).isDirectory()) {
      try (Directory opened = root.openDirectory(realPath)) {
        return ls.in(opened).run();
      } catch (CallException e) {
        throw e.is(Errno.E2BIG)
            ? new CallException(
                Errno.E2BIG, path + ": too many files for one text; use walk, or ls0, which stream")
            : e;
      }
    }
    try (Entry entry = root.findEntry(realPath)) {
      return ls.args("--", entry.name()).in(entry.directory()).run();
    }
  }

  private void mkdir(String path) {
    mkdir(path, NEW_DIRECTORY);
  }

  private void mkdir(String path, int mode) {
    if (!endsWithName(withoutSlashes(path)) && root.statusOrNull(path) != null) {
      throw CallException.failed(path, Errno.EEXIST);
    }
    try (Entry entry = root.findEntry(path)) {
      entry.directory().mkdir(entry.name(), mode);
    }
  }

  /** Whether there is a directory now; false when it could not be made for want of its parent. */
  private boolean makeOrFind(String path) {
    if (!endsWithName(path)) {
      FileStatus status = root.statusOrNull(path);
      return status != null && status.isDirectory();
    }
    try {
      mkdir(path);
    } catch (CallException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
      if (!root.linkStatus(path).isDirectory()) {
        throw CallException.failed(path, Errno.ENOTDIR);
      }
    }
    return true;
  }

  /** Whether the last component can be made, unlike the root, {@code .} and {@code ..}. */
  private static boolean endsWithName(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return !last.isEmpty() && !last.equals(".") && !last.equals("..");
  }

  private static String parent(String path) {
    return withoutSlashes(path.substring(0, path.lastIndexOf('/') + 1));
  }

  /** Without slashes at the end, which would make the kernel follow a link; but not the root's. */
  private static String withoutSlashes(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
