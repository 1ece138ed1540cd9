package io.guestfs.daemon.handler;

import io.guestfs.calls.InternalMountable;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.XAttr;
import io.guestfs.calls.value.FileName;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.wire.FilesystemCallsHandler;
import io.guestfs.calls.wire.InternalCallsHandler;
import io.guestfs.calls.wire.MountCallsHandler;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.protocol.call.PackedStructs;
import java.util.ArrayList;
import java.util.List;

/** Serves the procedures of which the library composes other calls. */
public final class InternalHandler implements InternalCallsHandler {
  private static final int MOUNTABLE_DEVICE = 1;
  private static final int MOUNTABLE_SUBVOLUME = 2;

  private final GuestRoot root;
  private final FileHandler files;
  private final DirectoryHandler directories;
  private final ExtendedAttributeHandler attributes;
  private final MountCallsHandler mounts;
  private final FilesystemCallsHandler filesystems;
  private final Roles roles;
  private final Dirents dirents = new Dirents();

  public InternalHandler(
      GuestRoot root,
      FileHandler files,
      DirectoryHandler directories,
      ExtendedAttributeHandler attributes,
      MountCallsHandler mounts,
      FilesystemCallsHandler filesystems,
      Roles roles) {
    this.root = root;
    this.files = files;
    this.directories = directories;
    this.attributes = attributes;
    this.mounts = mounts;
    this.filesystems = filesystems;
    this.roles = roles;
  }

  @Override
  public void internalAutosync() {
    try {
      mounts.umountAll();
    } catch (CallException e) {
      syncAfter(e);
      throw e;
    }
    filesystems.sync();
  }

  /** What can be written is written all the same. */
  private void syncAfter(CallException failure) {
    try {
      filesystems.sync();
    } catch (CallException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the number on the wire, by definition
  public int internalFeatureAvailable(String group) {
    return FeatureGroups.of(group).ordinal();
  }

  @Override
  public void internalWrite(GuestPath path, byte[] content) {
    files.write(path, content);
  }

  @Override
  public void internalWriteAppend(GuestPath path, byte[] content) {
    files.append(path, content);
  }

  @Override
  public List<StatNS> internalLstatnslist(GuestPath path, List<FileName> names) {
    try (Directory directory = root.openDirectory(path.name())) {
      PackedStructs<StatNS> list = Statuses.list(names.size());
      directory.forEachStatus(names, status -> Statuses.append(status, list));
      return list;
    }
  }

  @Override
  public List<XAttr> internalLxattrlist(GuestPath path, List<FileName> names) {
    return attributes.ofEach(path, names);
  }

  @Override
  public List<String> internalReadlinklist(GuestPath path, List<FileName> names) {
    List<String> list = new ArrayList<>(names.size());
    try (Directory directory = root.openDirectory(path.name())) {
      for (FileName name : names) {
        list.add(linkTargetOrNothing(directory, name.toString()));
      }
    }
    return list;
  }

  @Override
  public InternalMountable internalParseMountable(Mountable mountable) {
    String device = roles.name(mountable.device());
    String subvolume = mountable.subvolume();
    return subvolume == null
        ? new InternalMountable(MOUNTABLE_DEVICE, device, "")
        : new InternalMountable(MOUNTABLE_SUBVOLUME, device, subvolume);
  }

  @Override
  public void internalReaddir(GuestPath dir, OutgoingFile file) {
    directories.readAll(dir, entries -> dirents.send(entries, file));
  }

  private static String linkTargetOrNothing(Directory directory, String name) {
    try {
      return directory.readlink(name);
    } catch (CallException e) {
      return "";
    }
  }
}
