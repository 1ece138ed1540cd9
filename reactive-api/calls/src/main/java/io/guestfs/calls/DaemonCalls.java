package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.LibraryCall;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asking the library and the daemon about themselves. */
@CallFamily
public interface DaemonCalls {

  /**
   * The first version of libguestfs that has all the calls of this library, which tells a program
   * what it may call. The version of this library itself is in {@code extra}.
   */
  @LibraryCall(name = "version", since = "1.0.58")
  Mono<Version> version();

  /** Completes when the daemon has answered. */
  @Call(number = 92, name = "ping_daemon", since = "1.0.18")
  Mono<Void> pingDaemon();

  /** The words, separated by single spaces, as the daemon sends them back. */
  @Call(number = 195, name = "echo_daemon", since = "1.0.69")
  Mono<String> echoDaemon(List<String> words);

  /** Completes after {@code secs} seconds, during which the daemon serves nothing else. */
  @Call(number = 109, name = "sleep", since = "1.0.41")
  Mono<Void> sleep(int secs);

  /**
   * Completes when the daemon has every one of the feature groups, and fails otherwise with {@code
   * ENOTSUP} and the name of the first that it lacks, or that nobody knows.
   */
  @LibraryCall(name = "available", since = "1.0.80")
  Mono<Void> available(List<String> groups);

  /**
   * Whether the daemon has every one of the feature groups, such as {@code lvm2}. A name that
   * nobody knows gives an error with {@code EINVAL}.
   */
  @LibraryCall(name = "feature_available", since = "1.21.26")
  Mono<Boolean> featureAvailable(List<String> groups);

  /**
   * The names of all feature groups that the daemon knows, whether it has them or not, in the order
   * of the alphabet.
   */
  @Call(number = 251, name = "available_all_groups", since = "1.3.15")
  Flux<String> availableAllGroups();

  /**
   * Whether the kernel of the appliance can mount a type of file system; its module is loaded when
   * there is one. What is mounted by a program, such as ntfs by ntfs-3g, is not seen by this.
   *
   * @param filesystem a type as the kernel names it, such as {@code ext4} or {@code iso9660}, of
   *     letters, digits and underscores; anything else is an error ({@code EINVAL})
   */
  @Call(number = 333, name = "filesystem_available", since = "1.19.5")
  Mono<Boolean> filesystemAvailable(String filesystem);
}
