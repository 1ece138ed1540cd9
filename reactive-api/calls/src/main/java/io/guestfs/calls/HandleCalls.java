package io.guestfs.calls;

import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.LibraryCall;
import reactor.core.publisher.Mono;

/** What a handle is doing, its end, and what can be changed about it while it runs. */
@CallFamily
public interface HandleCalls {

  /** The state as a number: 0 configured only, 1 launching, 2 ready, 3 busy with a call. */
  @LibraryCall(name = "get_state", since = "1.0.2")
  Mono<Integer> getState();

  /** Whether there is no appliance: it was shut down, or it died. */
  @LibraryCall(name = "is_config", since = "1.0.2")
  Mono<Boolean> isConfig();

  /** Whether the appliance is being launched; never so once there is a handle. */
  @LibraryCall(name = "is_launching", since = "1.0.2")
  Mono<Boolean> isLaunching();

  /** Whether the appliance waits for a call. */
  @LibraryCall(name = "is_ready", since = "1.0.2")
  Mono<Boolean> isReady();

  /** Whether a call runs. This one does not count. */
  @LibraryCall(name = "is_busy", since = "1.0.2")
  Mono<Boolean> isBusy();

  /**
   * Completes at once, since there is a handle only after the launch; an error when the appliance
   * has gone since.
   *
   * @deprecated with no replacement: the launch completes when the appliance is ready
   */
  @Deprecated
  @LibraryCall(name = "wait_ready", since = "0.0.3")
  Mono<Void> waitReady();

  /** The process id of qemu; an error when it has ended. */
  @LibraryCall(name = "get_pid", since = "1.0.56")
  Mono<Integer> getPid();

  /**
   * A number that tells this handle from the others of this process: positive, and the same for as
   * long as the handle is there. It points to nothing.
   */
  @LibraryCall(name = "c_pointer", since = "1.29.17")
  Mono<Long> cPointer();

  /**
   * Fails, as it does in libguestfs since 1.48: a disk cannot be taken away from an appliance.
   *
   * @param label the name that the disk was added with
   * @deprecated with no replacement: a new handle has the disks that are wanted
   */
  @Deprecated
  @LibraryCall(name = "remove_drive", since = "1.19.49")
  Mono<Void> removeDrive(String label);

  /** How many disks an appliance can have. */
  @LibraryCall(name = "max_disks", since = "1.19.7")
  Mono<Integer> maxDisks();

  /**
   * Lets the calls made before run to their end, writes everything to the disks unless {@link
   * #setAutosync} was told otherwise, and stops the appliance. An error when something could not be
   * written; the appliance has been stopped then, too.
   */
  @LibraryCall(name = "shutdown", since = "1.19.16")
  Mono<Void> shutdown();

  /**
   * As {@link #shutdown}.
   *
   * @deprecated replaced by {@link #shutdown}
   */
  @Deprecated
  @LibraryCall(name = "kill_subprocess", since = "0.0.3")
  Mono<Void> killSubprocess();

  /**
   * Breaks off the upload or download that runs on the handle, whoever subscribed to it: that one
   * fails with {@code EINTR}, and the handle goes on. Without effect when none runs. Cancelling a
   * subscription does the same for a call of one's own, of any kind, without an error.
   */
  @LibraryCall(name = "user_cancel", since = "1.11.18")
  Mono<Void> userCancel();

  /** Whether calls are logged and are events. */
  @LibraryCall(name = "get_trace", since = "1.0.69")
  Mono<Boolean> getTrace();

  /** Sets whether the calls from now on are logged and are events. */
  @LibraryCall(name = "set_trace", since = "1.0.69")
  Mono<Void> setTrace(boolean trace);

  /** Whether the messages of calls are logged and are events. */
  @LibraryCall(name = "get_verbose", since = "0.0.3")
  Mono<Boolean> getVerbose();

  /**
   * Sets whether the messages of calls from now on are logged and are events, without what is in
   * them. How much kernel and daemon say on the console was decided by the builder at the launch.
   */
  @LibraryCall(name = "set_verbose", since = "0.0.3")
  Mono<Void> setVerbose(boolean verbose);

  /** Whether {@link #shutdown} writes everything to the disks. */
  @LibraryCall(name = "get_autosync", since = "0.0.3")
  Mono<Boolean> getAutosync();

  /**
   * Sets whether {@link #shutdown} unmounts everything and writes it to the disks. When not, what
   * was not written by {@code sync} or by unmounting may be lost.
   *
   * @param autosync true unless set
   */
  @LibraryCall(name = "set_autosync", since = "0.0.3")
  Mono<Void> setAutosync(boolean autosync);

  /** The name of the handle in its trace, empty for none. */
  @LibraryCall(name = "get_identifier", since = "1.31.14")
  Mono<String> getIdentifier();

  /**
   * Names the handle in its trace, to tell it from others.
   *
   * @param identifier of letters and digits of ASCII, {@code _} and {@code -}; empty for none.
   *     Another fails with {@code EINVAL}
   */
  @LibraryCall(name = "set_identifier", since = "1.31.14")
  Mono<Void> setIdentifier(String identifier);

  /** The name of the program, empty when it was not set. */
  @LibraryCall(name = "get_program", since = "1.21.29")
  Mono<String> getProgram();

  /** Sets the name of the program, for others that ask this handle. */
  @LibraryCall(name = "set_program", since = "1.21.29")
  Mono<Void> setProgram(String program);
}
