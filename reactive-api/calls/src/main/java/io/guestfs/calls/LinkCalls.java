package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Filename;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.annotation.Pathname;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hard and symbolic links. */
@CallFamily
public interface LinkCalls {

  /**
   * Gives a file another name: a hard link, within one file system.
   *
   * @param target a file that is there, no directory; of a symbolic link, the link itself
   * @param linkname the new name; {@code EEXIST} when there is something
   */
  @Call(number = 164, name = "ln", since = "1.0.66")
  Mono<Void> ln(String target, @Pathname String linkname);

  /**
   * As {@link #ln}, in place of a file that is there already, which may be a symbolic link. Other
   * than {@link #lnSf} it makes no link in a directory: when {@code linkname} is one, it fails with
   * {@code EISDIR}.
   */
  @Call(number = 165, name = "ln_f", since = "1.0.66")
  Mono<Void> lnF(String target, @Pathname String linkname);

  /**
   * Makes a symbolic link.
   *
   * @param target what it says, taken as it is
   * @param linkname where it is made; {@code EEXIST} when there is something
   */
  @Call(number = 166, name = "ln_s", since = "1.0.66")
  Mono<Void> lnS(String target, @Pathname String linkname);

  /**
   * As {@link #lnS}, in place of a file that is there already. When {@code linkname} is a directory
   * the link is made in it, by the last component of {@code target}.
   */
  @Call(number = 167, name = "ln_sf", since = "1.0.66")
  Mono<Void> lnSf(String target, @Pathname String linkname);

  /** What a symbolic link says. */
  @Call(number = 168, name = "readlink", since = "1.0.66")
  Mono<String> readlink(@Pathname String path);

  /**
   * What several symbolic links in a directory say, in the order of the names: an empty string for
   * what is not there or is no link. A long list goes in several calls.
   *
   * @param path the directory
   */
  @LibraryCall(name = "readlinklist", since = "1.0.77")
  Flux<String> readlinklist(@Pathname String path, List<@Filename String> names);
}
