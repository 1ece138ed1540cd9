package io.guestfs.daemon.handler;

import io.guestfs.calls.Dirent;
import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.NtfsresizeOptions;
import io.guestfs.calls.Stat;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.FilesystemCallsHandler;
import io.guestfs.calls.wire.NtfsCallsHandler;
import io.guestfs.calls.wire.RetiredCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.protocol.xdr.GuestString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Serves older libraries, by what serves newer ones. */
public final class RetiredHandler implements RetiredCallsHandler {
  private final GuestRoot root;
  private final FileHandler files;
  private final DirectoryHandler directories;
  private final FilesystemCallsHandler filesystems;
  private final NtfsCallsHandler ntfs;

  public RetiredHandler(
      GuestRoot root,
      FileHandler files,
      DirectoryHandler directories,
      FilesystemCallsHandler filesystems,
      NtfsCallsHandler ntfs) {
    this.root = root;
    this.files = files;
    this.directories = directories;
    this.filesystems = filesystems;
    this.ntfs = ntfs;
  }

  @Override
  public String cat(GuestPath path) {
    String text = GuestString.decode(files.readAll(path));
    if (text.indexOf('\0') >= 0) {
      throw new CallException(Errno.EINVAL, path + ": holds a NUL, so it is not text; download it");
    }
    return text;
  }

  @Override
  public List<String> ls(GuestPath directory) {
    List<String> names = new ArrayList<>();
    directories.forEachName(directory, names::add);
    names.sort(GuestString.BY_BYTES);
    return names;
  }

  @Override
  public List<String> readLines(GuestPath path) {
    return cat(path).lines().toList();
  }

  @Override
  public void mkfs(String fstype, Device device) {
    filesystems.mkfs(fstype, device, MkfsOptions.defaults());
  }

  @Override
  public void ntfsresize(Device device) {
    ntfs.ntfsresize(device, NtfsresizeOptions.defaults());
  }

  @Override
  public Stat stat(GuestPath path) {
    return Statuses.stat(root.status(path.name()));
  }

  @Override
  public Stat lstat(GuestPath path) {
    return Statuses.stat(root.linkStatus(path.name()));
  }

  @Override
  public List<String> find(GuestPath directory) {
    String paths = directories.find(directory);
    return paths.isEmpty()
        ? List.of()
        : Arrays.stream(paths.split("\0")).sorted(GuestString.BY_BYTES).toList();
  }

  @Override
  public List<Dirent> readdir(GuestPath dir) {
    List<Dirent> entries = new ArrayList<>();
    directories.readAll(
        dir,
        reader -> {
          while (reader.next()) {
            entries.add(new Dirent(reader.inode(), reader.type().letter(), reader.name()));
          }
        });
    return entries;
  }

  @Override
  public byte[] readFile(GuestPath path) {
    return files.readAll(path);
  }

  @Override
  public void available(List<String> groups) {
    for (String group : groups) {
      switch (FeatureGroups.of(group)) {
        case AVAILABLE -> {}
        case NOT_AVAILABLE ->
            throw new CallException(Errno.ENOTSUP, group + ": this appliance lacks the feature");
        case UNKNOWN -> throw new CallException(Errno.EINVAL, group + ": there is no such feature");
      }
    }
  }
}
