package io.guestfs.daemon.path;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.DirectoryReader;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.protocol.xdr.GuestString;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the paths in the guest that match a pattern, as glob(7) describes it. */
public final class Glob {
  /** What is in front of a component stays as it is. */
  private static final Pattern COMPONENT = Pattern.compile("(/+)([^/]+)");

  /** What the kernel lists in every directory, and {@link DirectoryReader} leaves out. */
  private static final List<String> DOTS = List.of(".", "..");

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
    Matcher components = COMPONENT.matcher(pattern);
    while (components.find()) {
      found = descend(found, components.group(1), components.group(2));
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

  private List<String> descend(List<String> directories, String slashes, String component) {
    NamePattern pattern = NamePattern.of(component);
    List<String> paths = new ArrayList<>();
    for (String directory : directories) {
      String literal = pattern.literal();
      if (literal != null) {
        paths.add(directory + slashes + literal);
      } else {
        addMatches(directory + slashes, pattern, paths);
      }
    }
    return paths;
  }

  /** What cannot be listed has no matches; the name of the directory ends with a slash. */
  private void addMatches(String directory, NamePattern pattern, List<String> paths) {
    try (Directory opened = root.openDirectory(directory)) {
      for (String self : DOTS) {
        if (pattern.startsWithDot() && pattern.matches(self)) {
          paths.add(directory + self);
        }
      }
      DirectoryReader entries = opened.entries();
      while (entries.next()) {
        if (pattern.matches(entries.name())) {
          paths.add(directory + entries.name());
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
