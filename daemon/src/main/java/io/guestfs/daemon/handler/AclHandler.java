package io.guestfs.daemon.handler;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.AclCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.AccessControlList;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;

/** Serves the calls about POSIX access control lists. */
public final class AclHandler implements AclCallsHandler {
  private final GuestRoot root;

  public AclHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public String aclGetFile(GuestPath path, String acltype) {
    AccessControlList.Kind kind = kind(acltype);
    try (Fd file = root.find(path.name())) {
      return new AccessControlList(file).get(kind);
    }
  }

  @Override
  public void aclSetFile(GuestPath path, String acltype, String acl) {
    AccessControlList.Kind kind = kind(acltype);
    try (Fd file = root.find(path.name())) {
      new AccessControlList(file).set(kind, acl);
    }
  }

  @Override
  public void aclDeleteDefFile(GuestPath dir) {
    try (Fd file = root.find(dir.name())) {
      new AccessControlList(file).removeDefault();
    }
  }

  private static AccessControlList.Kind kind(String acltype) {
    return switch (acltype) {
      case "access" -> AccessControlList.Kind.ACCESS;
      case "default" -> AccessControlList.Kind.DEFAULT;
      default ->
          throw new CallException(
              Errno.EINVAL, "'" + acltype + "' is no kind of list: access and default are");
    };
  }
}
