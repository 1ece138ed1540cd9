package io.guestfs;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.context.ContextView;

/**
 * Is told what handles do, for those who measure or trace it; {@code io.guestfs.observation} has
 * one for Micrometer. What it throws is logged and changes nothing.
 *
 * <p>Most of it is called on event loops, and for many handles at once: nothing may block, and what
 * is shared must be safe for threads. What is told of one call or launch is told one after the
 * other. Every method does nothing unless it is implemented.
 */
public interface GuestfsInstrumentation {

  /**
   * A call was subscribed to. Calls that the library composes of others appear as those, and what
   * it does without the daemon does not appear.
   *
   * @param name the name that libguestfs gives to what is sent, such as {@code mkdir_p}; {@code
   *     supports} for a question whether the daemon has a call
   * @param context of the subscriber
   * @return is told how it goes on
   */
  default Call callStarted(String name, ContextView context) {
    return Call.IGNORED;
  }

  /**
   * A launch was subscribed to.
   *
   * @param context of the subscriber
   * @return is told how it goes on
   */
  default Launch launchStarted(ContextView context) {
    return Launch.IGNORED;
  }

  /**
   * There is a handle.
   *
   * @return disposed of when no call is possible on it any more
   */
  default Disposable handleOpened() {
    return Disposables.disposed();
  }

  /**
   * A pool has got its first subscriber.
   *
   * @param pool can be asked how many wait in it, and for it
   * @return disposed of when the pool was closed
   */
  default Disposable poolOpened(GuestfsPool pool) {
    return Disposables.disposed();
  }

  /** Something that ends in one of three ways, of which one is told, and once. */
  interface Operation {

    /** It gave what it was to give. */
    default void succeeded() {}

    /**
     * It came to an error.
     *
     * @param error as its subscriber gets it
     */
    default void failed(Throwable error) {}

    /** Its subscriber has cancelled. */
    default void cancelled() {}
  }

  /** One call, from its subscription to the last signal of its subscriber. */
  interface Call extends Operation {

    /** Leaves everything out. */
    Call IGNORED = new Call() {};

    /** Its message was written: it waits for other calls no longer. */
    default void sent() {}

    /**
     * Some of the content of an upload was written; what arguments hold does not count.
     *
     * @param bytes how many
     */
    default void contentSent(int bytes) {}

    /**
     * Some of the content of a download was read; what results hold does not count.
     *
     * @param bytes how many
     */
    default void contentReceived(int bytes) {}
  }

  /** One launch, from its subscription to the handle. */
  interface Launch extends Operation {

    /** Leaves everything out. */
    Launch IGNORED = new Launch() {};

    /**
     * A machine is about to come up. Told again when this fails and another way is tried.
     *
     * @param source what it comes from
     */
    default void startingFrom(LaunchSource source) {}
  }

  /** Where a machine comes from. */
  enum LaunchSource {
    /** It boots. */
    BOOT,
    /** It was saved after its boot, and is loaded. */
    TEMPLATE,
    /** It waited in a pool, and is given its disks. */
    POOL
  }
}
