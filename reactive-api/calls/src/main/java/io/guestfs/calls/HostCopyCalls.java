package io.guestfs.calls;

import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/**
 * Copying files and whole directories between the host and the guest. Permissions, times, symbolic
 * links and hard links come along; owners do, by number, into a guest, and out of it when the
 * program runs as root. What blocks on the host happens on no event loop.
 *
 * <p>After an error or a cancel, what was copied until then stays.
 */
@CallFamily
public interface HostCopyCalls {

  /**
   * Copies a file, or a directory with all that is in it, into a directory of the guest, where it
   * gets the same name. Sockets are left out, and what is of the same name there is replaced.
   *
   * @param localpath the file or directory of the host; a symbolic link is copied as such
   * @param remotedir a directory of the guest; {@code ENOTDIR} otherwise
   */
  @LibraryCall(name = "copy_in", since = "1.29.24")
  Mono<Void> copyIn(String localpath, @Pathname String remotedir);

  /**
   * Copies a file, or a directory with all that is in it, into a directory of the host, where it
   * gets the same name. What is of the same name there is replaced, but directories stay and are
   * added to.
   *
   * <p>A name in the guest that is not text in the encoding of the host, and a device, pipe or
   * socket, which Java cannot make, end the copy with an error.
   *
   * @param remotepath a regular file or a directory of the guest; symbolic links at its end are not
   *     followed and are an error, those within the directory are copied as such
   * @param localdir a directory of the host; {@code ENOTDIR} otherwise
   */
  @LibraryCall(name = "copy_out", since = "1.29.24")
  Mono<Void> copyOut(@Pathname String remotepath, String localdir);
}
