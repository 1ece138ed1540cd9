package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Content;
import io.guestfs.protocol.annotation.Filename;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.annotation.Pathname;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Extended attributes: names such as {@code user.comment}, with the name space in front, and values
 * that are bytes. File systems that have none list none, and give {@code ENOTSUP} otherwise.
 */
@CallFamily
public interface ExtendedAttributeCalls {

  /** The extended attributes of a file, sorted by name; a symbolic link is followed. */
  @Call(number = 141, name = "getxattrs", since = "1.0.59", group = "linuxxattrs")
  Flux<XAttr> getxattrs(@Pathname String path);

  /** The extended attributes of a file, sorted by name; of a symbolic link, its own. */
  @Call(number = 142, name = "lgetxattrs", since = "1.0.59", group = "linuxxattrs")
  Flux<XAttr> lgetxattrs(@Pathname String path);

  /**
   * The value of an extended attribute; {@code ENODATA} when the file does not have it. A symbolic
   * link is followed.
   */
  @Call(number = 279, name = "getxattr", since = "1.7.24", group = "linuxxattrs")
  Mono<byte[]> getxattr(@Pathname String path, String name);

  /** As {@link #getxattr}; of a symbolic link, its own. */
  @Call(number = 280, name = "lgetxattr", since = "1.7.24", group = "linuxxattrs")
  Mono<byte[]> lgetxattr(@Pathname String path, String name);

  /**
   * Sets an extended attribute, which may be there already; a symbolic link is followed.
   *
   * @param xattr its name with the name space
   * @param val the value
   * @param vallen how many bytes of {@code val} to take
   */
  @Call(number = 143, name = "setxattr", since = "1.0.59", group = "linuxxattrs")
  Mono<Void> setxattr(String xattr, @Content String val, int vallen, @Pathname String path);

  /** As {@link #setxattr}; of a symbolic link, its own, which cannot be in {@code user.}. */
  @Call(number = 144, name = "lsetxattr", since = "1.0.59", group = "linuxxattrs")
  Mono<Void> lsetxattr(String xattr, @Content String val, int vallen, @Pathname String path);

  /**
   * Removes an extended attribute; {@code ENODATA} when the file does not have it. A symbolic link
   * is followed.
   */
  @Call(number = 145, name = "removexattr", since = "1.0.59", group = "linuxxattrs")
  Mono<Void> removexattr(String xattr, @Pathname String path);

  /** As {@link #removexattr}; of a symbolic link, its own. */
  @Call(number = 146, name = "lremovexattr", since = "1.0.59", group = "linuxxattrs")
  Mono<Void> lremovexattr(String xattr, @Pathname String path);

  /**
   * The extended attributes of several files in a directory, one after the other in the order of
   * the names. In front of those of each file stands an entry without a name, whose value is their
   * number in decimal with a NUL behind it, or nothing when the file could not be asked. Links are
   * not followed. A long list goes in several calls.
   *
   * @param path the directory
   */
  @LibraryCall(name = "lxattrlist", since = "1.0.77")
  Flux<XAttr> lxattrlist(@Pathname String path, List<@Filename String> names);
}
