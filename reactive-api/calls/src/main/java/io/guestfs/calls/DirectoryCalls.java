package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.annotation.Pathname;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Directories: making and listing them. */
@CallFamily
public interface DirectoryCalls {

  /** Makes a directory with the permissions 0777, less the umask. */
  @Call(number = 32, name = "mkdir", since = "0.0.8")
  Mono<Void> mkdir(@Pathname String path);

  /**
   * Makes a directory.
   *
   * @param mode its permissions, less the umask
   */
  @Call(number = 202, name = "mkdir_mode", since = "1.0.77")
  Mono<Void> mkdirMode(@Pathname String path, int mode);

  /** Makes a directory and those above it that are missing; it may be there already. */
  @Call(number = 33, name = "mkdir_p", since = "0.0.8")
  Mono<Void> mkdirP(@Pathname String path);

  /** Removes an empty directory; {@code ENOTEMPTY} when it is not. */
  @Call(number = 30, name = "rmdir", since = "0.0.8")
  Mono<Void> rmdir(@Pathname String path);

  /**
   * What {@code ls -la} says of a directory, for people to read: its format is not fixed. {@link
   * #readdir} and {@link AttributeCalls#lstatnslist} are for programs. A symbolic link is followed.
   */
  @Call(number = 5, name = "ll", since = "0.0.4")
  Mono<String> ll(@Pathname String directory);

  /**
   * As {@link #ll}, with SELinux contexts.
   *
   * @deprecated replaced by {@link ExtendedAttributeCalls#lgetxattrs}, which has the contexts in a
   *     fixed form
   */
  @Deprecated
  @Call(number = 305, name = "llz", since = "1.17.6")
  Mono<String> llz(@Pathname String directory);

  /** The names in a directory, sorted, without {@code .} and {@code ..}. */
  @LibraryCall(name = "ls", since = "0.0.4")
  Flux<String> ls(@Pathname String directory);

  /** As {@link #ls} as a stream: names in no order, each with a NUL behind it. */
  @Call(number = 347, name = "ls0", since = "1.19.32")
  Flux<ByteBuffer> ls0(@Pathname String dir);

  /**
   * The entries of a directory in the order of its file system, {@code .} and {@code ..} among
   * them.
   */
  @LibraryCall(name = "readdir", since = "1.0.55")
  Flux<Dirent> readdir(@Pathname String dir);

  /**
   * All that is below a directory, sorted, each with its path from there without a slash in front.
   * Links are not followed; nothing is below one to a directory, unless its path ends with a slash.
   */
  @LibraryCall(name = "find", since = "1.0.27")
  Flux<String> find(@Pathname String directory);

  /**
   * As {@link #find} as a stream: paths in no order, each with a NUL behind it, and with a slash in
   * front of it unless the directory's path ends with one.
   */
  @Call(number = 196, name = "find0", since = "1.0.74")
  Flux<ByteBuffer> find0(@Pathname String directory);
}
