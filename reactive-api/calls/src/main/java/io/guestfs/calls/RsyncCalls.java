package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/**
 * Copying by rsync(1), in the guest or over the network. A slash at the end of a source means what
 * is in the directory, without one it is the directory itself, and a symbolic link is copied as
 * such. Owners are kept by number.
 *
 * <p>A remote place is one of a daemon, {@code rsync://HOST/MODULE/PATH}, to which the appliance
 * needs a network (a setting of the builder); there is no ssh in it.
 */
@CallFamily
public interface RsyncCalls {

  /**
   * Copies within the guest.
   *
   * @param src what is copied
   * @param dest where it is copied to; its parent directory exists
   */
  @Call(number = 344, name = "rsync", since = "1.19.29", group = "rsync")
  Mono<Void> rsync(@Pathname String src, @Pathname String dest, RsyncOptions options);

  /** As {@link #rsync(String, String, RsyncOptions)}, without options. */
  default Mono<Void> rsync(@Pathname String src, @Pathname String dest) {
    return rsync(src, dest, RsyncOptions.defaults());
  }

  /** Optional arguments of {@link RsyncCalls#rsync(String, String, RsyncOptions)}. */
  @CallOptions
  interface Rsync {

    /** Whether directories are copied with all below them, and with all attributes. */
    boolean archive();

    /** Whether what the source does not have is removed from the destination. */
    boolean deletedest();
  }

  /**
   * Copies from the network into the guest.
   *
   * @param remote what is copied
   * @param dest where it is copied to; its parent directory exists
   */
  @Call(number = 345, name = "rsync_in", since = "1.19.29", group = "rsync")
  Mono<Void> rsyncIn(String remote, @Pathname String dest, RsyncInOptions options);

  /** As {@link #rsyncIn(String, String, RsyncInOptions)}, without options. */
  default Mono<Void> rsyncIn(String remote, @Pathname String dest) {
    return rsyncIn(remote, dest, RsyncInOptions.defaults());
  }

  /** Optional arguments of {@link RsyncCalls#rsyncIn(String, String, RsyncInOptions)}. */
  @CallOptions
  interface RsyncIn {

    /** As {@link RsyncOptions#archive(boolean)}. */
    boolean archive();

    /** As {@link RsyncOptions#deletedest(boolean)}. */
    boolean deletedest();
  }

  /**
   * Copies from the guest to the network.
   *
   * @param src what is copied
   * @param remote where it is copied to
   */
  @Call(number = 346, name = "rsync_out", since = "1.19.29", group = "rsync")
  Mono<Void> rsyncOut(@Pathname String src, String remote, RsyncOutOptions options);

  /** As {@link #rsyncOut(String, String, RsyncOutOptions)}, without options. */
  default Mono<Void> rsyncOut(@Pathname String src, String remote) {
    return rsyncOut(src, remote, RsyncOutOptions.defaults());
  }

  /** Optional arguments of {@link RsyncCalls#rsyncOut(String, String, RsyncOutOptions)}. */
  @CallOptions
  interface RsyncOut {

    /** As {@link RsyncOptions#archive(boolean)}. */
    boolean archive();

    /** As {@link RsyncOptions#deletedest(boolean)}. */
    boolean deletedest();
  }
}
