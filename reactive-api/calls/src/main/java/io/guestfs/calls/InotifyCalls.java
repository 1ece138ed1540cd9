package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Watching files for changes, as inotify(7) does. A handle has one queue of events, to which any
 * number of watches add. The kernel of the appliance sees what calls on this handle do, and what
 * programs of the guest do that they start; nobody else may write to the disks.
 *
 * <p>All calls but {@link #inotifyInit} fail with {@code EINVAL} while there is no queue.
 */
@CallFamily
public interface InotifyCalls {

  /**
   * Makes the queue, after something was mounted; one that exists is closed first.
   *
   * @param maxevents how many events are kept before some are lost; 0 for what the kernel has set,
   *     16384
   */
  @Call(number = 179, name = "inotify_init", since = "1.0.66", group = "inotify")
  Mono<Void> inotifyInit(int maxevents);

  /**
   * Watches a file or the entries of a directory, not those further below. A symbolic link is
   * followed unless the mask says otherwise.
   *
   * @param mask what to watch for, the bits of inotify(7): 0x2 written, 0x4 attributes changed,
   *     0x40 and 0x80 moved away and to here, 0x100 made, 0x200 removed, 0xfff all …
   * @return the number of the watch
   */
  @Call(number = 180, name = "inotify_add_watch", since = "1.0.66", group = "inotify")
  Mono<Long> inotifyAddWatch(@Pathname String path, int mask);

  /**
   * Ends a watch.
   *
   * @param wd the number that {@link #inotifyAddWatch} gave
   */
  @Call(number = 181, name = "inotify_rm_watch", since = "1.0.66", group = "inotify")
  Mono<Void> inotifyRmWatch(int wd);

  /**
   * Takes the events from the queue that have happened, in their order, and does not wait for any;
   * at most as many as fit into half a message, 2 MiB. Call it until it gives none.
   */
  @Call(number = 182, name = "inotify_read", since = "1.0.66", group = "inotify")
  Flux<INotifyEvent> inotifyRead();

  /**
   * Takes all events from the queue and gives the names in them, each once, sorted by their bytes.
   * They do not say which directory they are in.
   */
  @Call(number = 183, name = "inotify_files", since = "1.0.66", group = "inotify")
  Flux<String> inotifyFiles();

  /** Ends all watches and drops the queue. */
  @Call(number = 184, name = "inotify_close", since = "1.0.66", group = "inotify")
  Mono<Void> inotifyClose();
}
