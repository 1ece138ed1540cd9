package io.guestfs.daemon.path;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.DirectoryReader;
import io.guestfs.daemon.root.GuestRoot;
import org.jspecify.annotations.Nullable;

/** Finds how a path is spelled that was given in letters of any case. */
public final class TrueCase {
  private final GuestRoot root;

  public TrueCase(GuestRoot root) {
    this.root = root;
  }

  /** The path as it is spelled; its last component need not exist. */
  public String of(String path) {
    StringBuilder spelled = new StringBuilder();
    int at = 0;
    while (at < path.length()) {
      int end = path.indexOf('/', at);
      boolean isLast = end < 0;
      String name = path.substring(at, isLast ? path.length() : end);
      if (!name.isEmpty()) {
        String found = spell(spelled + "/", name, isLast);
        spelled.append('/').append(found);
      }
      at += name.length() + 1;
    }
    if (path.endsWith("/")) {
      root.openDirectory(spelled + "/").close();
    }
    return spelled.isEmpty() ? "/" : spelled.toString();
  }

  private String spell(String directory, String name, boolean isLast) {
    if (name.equals(".") || name.equals("..")) {
      throw new CallException(Errno.EINVAL, "the path must not have . or .. in it");
    }
    try (Directory opened = root.openDirectory(directory)) {
      String found = find(opened, name);
      if (found != null) {
        return found;
      }
    }
    if (!isLast) {
      throw CallException.failed(directory + name, Errno.ENOENT);
    }
    return name;
  }

  private static @Nullable String find(Directory directory, String name) {
    String found = null;
    DirectoryReader entries = directory.entries();
    while (entries.next()) {
      if (entries.name().equals(name)) {
        return name;
      }
      if (entries.name().equalsIgnoreCase(name)) {
        found = entries.name();
      }
    }
    return found;
  }
}
