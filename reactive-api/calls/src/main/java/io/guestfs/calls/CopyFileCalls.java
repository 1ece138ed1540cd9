package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/** Copying and moving files by name, as cp(1) and mv(1) do. */
@CallFamily
public interface CopyFileCalls {

  /**
   * Copies a file; a symbolic link is followed.
   *
   * @param dest the new file, which is replaced when it is there, or a directory to put it in
   */
  @Call(number = 87, name = "cp", since = "1.0.18")
  Mono<Void> cp(@Pathname String src, @Pathname String dest);

  /**
   * Copies a file, or a directory with all that is in it, with all their attributes; symbolic links
   * are copied as such.
   *
   * @param dest the new name, or a directory to put it in
   */
  @Call(number = 88, name = "cp_a", since = "1.0.18")
  Mono<Void> cpA(@Pathname String src, @Pathname String dest);

  /**
   * As {@link #cpA}, but the copies are new files: they belong to root, and have the time of the
   * copy.
   */
  @Call(number = 401, name = "cp_r", since = "1.21.38")
  Mono<Void> cpR(@Pathname String src, @Pathname String dest);

  /**
   * Moves a file or directory, to another file system too, for which it is copied.
   *
   * @param dest the new name, where a file is replaced, or a directory to put it in
   */
  @Call(number = 89, name = "mv", since = "1.0.18")
  Mono<Void> mv(@Pathname String src, @Pathname String dest);

  /**
   * Gives a file or directory another name within its file system, in one step. A file that has the
   * name is replaced, also an empty directory by a directory; {@code EXDEV} on another file system.
   */
  @Call(number = 394, name = "rename", since = "1.21.5")
  Mono<Void> rename(@Pathname String oldpath, @Pathname String newpath);

  /**
   * Gives a file attributes of another one: those that the options name, and none without. Symbolic
   * links are followed.
   */
  @Call(number = 415, name = "copy_attributes", since = "1.25.21")
  Mono<Void> copyAttributes(
      @Pathname String src, @Pathname String dest, CopyAttributesOptions options);

  /** As {@link #copyAttributes(String, String, CopyAttributesOptions)}: copies none. */
  default Mono<Void> copyAttributes(@Pathname String src, @Pathname String dest) {
    return copyAttributes(src, dest, CopyAttributesOptions.defaults());
  }

  /** Optional arguments of {@link CopyFileCalls#copyAttributes}. */
  @CallOptions
  interface CopyAttributes {

    /** Whether to copy all of these, whatever the other options say. */
    boolean all();

    /** Whether to copy the permissions. */
    boolean mode();

    /** Whether to copy the extended attributes; others of the destination stay. */
    boolean xattributes();

    /** Whether to copy owner and group. */
    boolean ownership();
  }
}
