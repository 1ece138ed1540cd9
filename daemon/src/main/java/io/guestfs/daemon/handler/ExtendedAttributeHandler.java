package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_PATH;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guestfs.calls.XAttr;
import io.guestfs.calls.value.FileName;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.ExtendedAttributeCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.ExtendedAttributes;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.protocol.xdr.GuestString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Serves the calls about extended attributes. */
public final class ExtendedAttributeHandler implements ExtendedAttributeCallsHandler {
  /**
   * Where NTFS keeps the content of a compressed file. It is no attribute to a user of the file,
   * and the kernel cannot read it; libguestfs hides it too.
   */
  private static final String HIDDEN_ATTRIBUTE = "user.WofCompressedData";

  private static final byte[] NOTHING = {};

  private final GuestRoot root;
  private final ExtendedAttributes attributes = new ExtendedAttributes();

  public ExtendedAttributeHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public List<XAttr> getxattrs(GuestPath path) {
    try (Fd file = root.find(path.name())) {
      return all(file);
    }
  }

  @Override
  public List<XAttr> lgetxattrs(GuestPath path) {
    try (Fd file = root.findLink(path.name())) {
      return all(file);
    }
  }

  @Override
  public byte[] getxattr(GuestPath path, String name) {
    try (Fd file = root.find(path.name())) {
      return get(file, name);
    }
  }

  @Override
  public byte[] lgetxattr(GuestPath path, String name) {
    try (Fd file = root.findLink(path.name())) {
      return get(file, name);
    }
  }

  @Override
  public void setxattr(String xattr, String val, int vallen, GuestPath path) {
    byte[] value = value(val, vallen);
    try (Fd file = root.find(path.name())) {
      attributes.set(file, xattr, value);
    }
  }

  @Override
  public void lsetxattr(String xattr, String val, int vallen, GuestPath path) {
    byte[] value = value(val, vallen);
    try (Fd file = root.findLink(path.name())) {
      attributes.set(file, xattr, value);
    }
  }

  @Override
  public void removexattr(String xattr, GuestPath path) {
    try (Fd file = root.find(path.name())) {
      attributes.remove(file, xattr);
    }
  }

  @Override
  public void lremovexattr(String xattr, GuestPath path) {
    try (Fd file = root.findLink(path.name())) {
      attributes.remove(file, xattr);
    }
  }

  /** Those of several files in a directory, each with an entry in front that says how many. */
  List<XAttr> ofEach(GuestPath path, List<FileName> names) {
    List<XAttr> list = new ArrayList<>();
    try (Directory directory = root.openDirectory(path.name())) {
      for (FileName name : names) {
        addAll(directory, name.toString(), list);
      }
    }
    return list;
  }

  private void addAll(Directory directory, String name, List<XAttr> list) {
    try (Fd file = directory.open(name, O_PATH, 0)) {
      List<XAttr> all = all(file);
      list.add(new XAttr("", (all.size() + "\0").getBytes(US_ASCII)));
      list.addAll(all);
    } catch (CallException e) {
      list.add(new XAttr("", NOTHING));
    }
  }

  private List<XAttr> all(Fd file) {
    List<XAttr> list = new ArrayList<>();
    for (String name : attributes.names(file).stream().sorted().toList()) {
      byte[] value = name.equals(HIDDEN_ATTRIBUTE) ? null : attributes.get(file, name);
      if (value != null) {
        list.add(new XAttr(name, value));
      }
    }
    return list;
  }

  private byte[] get(Fd file, String name) {
    byte[] value = attributes.get(file, name);
    if (value == null) {
      throw CallException.failed(file.name() + ": " + name, Errno.ENODATA);
    }
    return value;
  }

  private static byte[] value(String text, int length) {
    byte[] bytes = GuestString.encode(text);
    if (length < 0 || length > bytes.length) {
      throw new CallException(
          Errno.EINVAL, "length " + length + " is not from 0 to " + bytes.length + ", the value's");
    }
    return Arrays.copyOf(bytes, length);
  }
}
