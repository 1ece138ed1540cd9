package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Filename;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.annotation.Pathname;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The attributes of files. */
@CallFamily
public interface AttributeCalls {

  /**
   * Sets the permissions of a file; a symbolic link is followed.
   *
   * @param mode the permission bits, or a mode as {@link #stat} gives it; the umask plays no part
   */
  @Call(number = 34, name = "chmod", since = "0.0.8")
  Mono<Void> chmod(int mode, @Pathname String path);

  /**
   * Sets owner and group of a file, by number; a symbolic link is followed.
   *
   * @param owner the user, −1 to leave it
   * @param group the group, −1 to leave it
   */
  @Call(number = 35, name = "chown", since = "0.0.8")
  Mono<Void> chown(int owner, int group, @Pathname String path);

  /**
   * Sets owner and group of a file, by number; of a symbolic link, its own.
   *
   * @param owner the user, −1 to leave it
   * @param group the group, −1 to leave it
   */
  @Call(number = 203, name = "lchown", since = "1.0.77")
  Mono<Void> lchown(int owner, int group, @Pathname String path);

  /** Whether there is something at a path; a symbolic link is something, wherever it leads. */
  @Call(number = 36, name = "exists", since = "0.0.8")
  Mono<Boolean> exists(@Pathname String path);

  /** Whether there is a regular file at a path. */
  @Call(number = 37, name = "is_file", since = "0.0.8")
  Mono<Boolean> isFile(@Pathname String path, IsFileOptions options);

  /** As {@link #isFile(String, IsFileOptions)}, without following a symbolic link. */
  default Mono<Boolean> isFile(@Pathname String path) {
    return isFile(path, IsFileOptions.defaults());
  }

  /** Optional arguments of {@link AttributeCalls#isFile(String, IsFileOptions)}. */
  @CallOptions
  interface IsFile {

    /** Whether a symbolic link to a regular file counts as one. */
    boolean followsymlinks();
  }

  /** Whether there is a directory at a path. */
  @Call(number = 38, name = "is_dir", since = "0.0.8")
  Mono<Boolean> isDir(@Pathname String path, IsDirOptions options);

  /** As {@link #isDir(String, IsDirOptions)}, without following a symbolic link. */
  default Mono<Boolean> isDir(@Pathname String path) {
    return isDir(path, IsDirOptions.defaults());
  }

  /** Optional arguments of {@link AttributeCalls#isDir(String, IsDirOptions)}. */
  @CallOptions
  interface IsDir {

    /** Whether a symbolic link to a directory counts as one. */
    boolean followsymlinks();
  }

  /**
   * The attributes of a file; a symbolic link is followed.
   *
   * @deprecated replaced by {@link #statns}, which has nanoseconds
   */
  @Deprecated
  @LibraryCall(name = "stat", since = "1.9.2")
  Mono<Stat> stat(@Pathname String path);

  /**
   * The attributes of a file; of a symbolic link, its own.
   *
   * @deprecated replaced by {@link #lstatns}, which has nanoseconds
   */
  @Deprecated
  @LibraryCall(name = "lstat", since = "1.9.2")
  Mono<Stat> lstat(@Pathname String path);

  /** The attributes of a file; a symbolic link is followed. */
  @Call(number = 421, name = "statns", since = "1.27.53")
  Mono<StatNS> statns(@Pathname String path);

  /** The attributes of a file; of a symbolic link, its own. */
  @Call(number = 422, name = "lstatns", since = "1.27.53")
  Mono<StatNS> lstatns(@Pathname String path);

  /**
   * The attributes of several files in a directory, in the order of the names; one that is not
   * there has the inode −1. Links are not followed.
   *
   * @param path the directory
   */
  @LibraryCall(name = "lstatnslist", since = "1.27.53")
  Flux<StatNS> lstatnslist(@Pathname String path, List<@Filename String> names);

  /**
   * As {@link #lstatnslist}, without nanoseconds.
   *
   * @deprecated replaced by {@link #lstatnslist}
   */
  @Deprecated
  @LibraryCall(name = "lstatlist", since = "1.0.77")
  Flux<Stat> lstatlist(@Pathname String path, List<@Filename String> names);

  /** The size of a file in bytes; a symbolic link is followed. */
  @Call(number = 218, name = "filesize", since = "1.0.82")
  Mono<Long> filesize(@Pathname String file);

  /**
   * Sets the time stamps of a file of any kind; a symbolic link is not followed, and has its own.
   *
   * @param atsecs when it was last read, in seconds since 1970
   * @param atnsecs nanoseconds to add to that; −1 for now, −2 to leave the time stamp as it is
   * @param mtsecs when it was last written, in seconds since 1970
   * @param mtnsecs as {@code atnsecs}
   */
  @Call(number = 201, name = "utimens", since = "1.0.77")
  Mono<Void> utimens(@Pathname String path, long atsecs, long atnsecs, long mtsecs, long mtnsecs);

  /**
   * Sets the mask of permissions that new files and directories do not get, and gives the old one.
   *
   * @param mask from 0 to 0777; a handle begins with 022
   */
  @Call(number = 137, name = "umask", since = "1.0.55")
  Mono<Integer> umask(int mask);

  /** The mask of permissions that new files and directories do not get. */
  @Call(number = 240, name = "get_umask", since = "1.3.4")
  Mono<Integer> getUmask();
}
