package io.guestfs.daemon.path;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.DirectoryReader;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.protocol.xdr.GuestString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the paths in the guest that match a pattern, as glob(7) describes it. */
public final class Glob {
  private final GuestRoot root;

  public Glob(GuestRoot root) {
    this.root = root;
  }

  /**
   * The paths that exist, sorted by their bytes for each alternative in braces.
   *
   * @param markDirectories whether directories get a slash at the end
   */
  public List<String> expand(String pattern, boolean markDirectories) {
    List<String> paths = new ArrayList<>();
    for (String alternative : Braces.expand(pattern)) {
      List<String> found = find(alternative, markDirectories);
      found.sort(GuestString.BY_BYTES);
      paths.addAll(found);
    }
    return paths;
  }

  private List<String> find(String pattern, boolean markDirectories) {
    List<String> found = List.of("");
    for (String component : pattern.split("/")) {
      if (!component.isEmpty()) {
        found = descend(found, component);
      }
    }
    boolean directoriesOnly = pattern.endsWith("/");
    List<String> paths = new ArrayList<>();
    for (String path : found) {
      String existing = existing(path, directoriesOnly, markDirectories);
      if (existing != null) {
        paths.add(existing);
      }
    }
    return paths;
  }

  private List<String> descend(List<String> directories, String component) {
    NamePattern pattern = NamePattern.of(component);
    List<String> paths = new ArrayList<>();
    for (String directory : directories) {
      String literal = pattern.literal();
      if (literal != null) {
        paths.add(directory + "/" + literal);
      } else {
        addMatches(directory, pattern, paths);
      }
    }
    return paths;
  }

  /** What cannot be listed has no matches. */
  private void addMatches(String directory, NamePattern pattern, List<String> paths) {
    try (Directory opened = root.openDirectory(directory + "/")) {
      DirectoryReader entries = opened.entries();
      while (entries.next()) {
        if (pattern.matches(entries.name())) {
          paths.add(directory + "/" + entries.name());
        }
      }
    } catch (CallException e) {
      return;
    }
  }

  /** The path as it is listed; null when there is nothing, or no directory where one has to be. */
  private @Nullable String existing(String path, boolean directoryOnly, boolean markDirectories) {
    if (path.isEmpty()) {
      return "/";
    }
    try {
      FileStatus target = root.statusOrNull(path);
      boolean isDirectory = target != null && target.isDirectory();
      if (directoryOnly ? !isDirectory : root.linkStatusOrNull(path) == null) {
        return null;
      }
      return isDirectory && (directoryOnly || markDirectories) ? path + "/" : path;
    } catch (CallException e) {
      return null;
    }
  }
}
