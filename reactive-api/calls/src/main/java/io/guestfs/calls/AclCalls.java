package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/** POSIX access control lists. Symbolic links are followed. */
@CallFamily
public interface AclCalls {

  /**
   * The access control list of a file in the long text form of acl(5): one entry in a line, such as
   * {@code user:lisa:rw-}. A file without one has what its permissions say. Names are those that
   * the appliance knows, so most owners are numbers.
   *
   * @param acltype {@code access}, or {@code default} for what new files in a directory get, which
   *     may be empty
   */
  @Call(number = 375, name = "acl_get_file", since = "1.19.63", group = "acl")
  Mono<String> aclGetFile(@Pathname String path, String acltype);

  /**
   * Sets the access control list of a file.
   *
   * @param acltype {@code access}, or {@code default}, which only directories have
   * @param acl the list in long or short text form, its entries separated by commas or white space.
   *     It is complete: with entries of named users or groups it needs one of the mask as well
   */
  @Call(number = 376, name = "acl_set_file", since = "1.19.63", group = "acl")
  Mono<Void> aclSetFile(@Pathname String path, String acltype, String acl);

  /** Removes the default access control list of a directory; it need not have one. */
  @Call(number = 377, name = "acl_delete_def_file", since = "1.19.63", group = "acl")
  Mono<Void> aclDeleteDefFile(@Pathname String dir);
}
