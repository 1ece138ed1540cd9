package io.guestfs;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder of the host that is filled from a tar archive. The archive is not trusted: nothing is
 * written but below the folder, and through no link, be it one that came with the archive.
 */
final class HostTree {

  private final Path folder;
  private final boolean asRoot;

  /** Those that are known to be directories and not links to some. */
  private final Set<Path> directories = new HashSet<>();

  /** Directories that get their attributes when nothing is made in them any more. */
  private final List<MadeDirectory> made = new ArrayList<>();

  private record MadeDirectory(Path path, TarHeader header) {}

  /** Makes the folder unless it exists. */
  HostTree(Path folder) throws IOException {
    this.folder = folder;
    this.asRoot = HostAttributes.isRoot();
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    directories.add(folder);
  }

  void directory(TarHeader header) throws IOException {
    Path path = resolve(header.name());
    if (!path.equals(folder) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      Files.createDirectory(path);
    }
    directories.add(path);
    made.add(new MadeDirectory(path, header));
  }

  void symbolicLink(TarHeader header) throws IOException {
    Path path = vacant(header.name());
    Files.createSymbolicLink(path, HostNames.path(path, header.linkName()));
    if (asRoot) {
      HostAttributes.setOwner(path, header);
    }
  }

  void link(TarHeader header) throws IOException {
    Files.createLink(vacant(header.name()), resolve(header.linkName()));
  }

  /** Makes an empty file, for its content to be written. */
  HostFile file(TarHeader header) throws IOException {
    Path path = vacant(header.name());
    WritableByteChannel channel =
        Files.newByteChannel(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
    return new HostFile(path, header, asRoot, channel);
  }

  /** For what cannot be made. */
  FileSystemException impossible(TarHeader header) throws IOException {
    return new FileSystemException(
        resolve(header.name()).toString(), null, "a device or a pipe cannot be made here");
  }

  /** Gives the directories their attributes, the innermost first. */
  void finish() throws IOException {
    for (int i = made.size() - 1; i >= 0; i--) {
      HostAttributes.apply(made.get(i).path(), made.get(i).header(), asRoot);
    }
  }

  /** A path at which there is nothing, because what was there is removed. */
  private Path vacant(String name) throws IOException {
    Path path = resolve(name);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "a directory is in the way");
    }
    Files.deleteIfExists(path);
    return path;
  }

  private Path resolve(String name) throws IOException {
    Path path = folder;
    for (String component : name.split("/")) {
      if (component.isEmpty() || component.equals(".")) {
        continue;
      }
      if (!directories.contains(path)) {
        throw new FileSystemException(
            path.toString(), null, "is no directory of the archive that names files in it");
      }
      path = HostFiles.resolve(path, component);
    }
    return path;
  }
}
