package io.guestfs;

import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.ApplianceExit;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.util.context.Context;

/** What happens to a handle beside the outcome of its calls. */
public sealed interface GuestfsEvent {

  /**
   * A step of the launch began.
   *
   * @param phase which
   */
  record LaunchPhase(ApplianceEvent.Phase phase) implements GuestfsEvent {}

  /**
   * The accelerator is settled.
   *
   * @param choice which, and why
   */
  record AcceleratorChosen(AcceleratorChoice choice) implements GuestfsEvent {}

  /**
   * The guest's console said something.
   *
   * @param line without its end
   */
  record ConsoleLine(String line) implements GuestfsEvent {}

  /**
   * Something is not as it should be, and work goes on.
   *
   * @param message a sentence
   */
  record Warning(String message) implements GuestfsEvent {}

  /**
   * A call was sent or was answered, as {@code LIBGUESTFS_TRACE} shows it. Keys and content do not
   * appear.
   *
   * @param line call and arguments, or call and outcome
   */
  record Trace(String line) implements GuestfsEvent {}

  /**
   * A message was sent or received, as a handle that is verbose shows it: {@code LIBGUESTFS_DEBUG},
   * {@link GuestfsBuilder#verbose}, {@code set_verbose}. Neither arguments nor content appear.
   *
   * @param line the call, the serial and the size of the message
   */
  record Debug(String line) implements GuestfsEvent {}

  /**
   * How far the daemon got with a call. Where any is reported, 0 ≤ position ≤ total holds, and the
   * last report of a call that succeeds has position = total.
   *
   * @param call the name that libguestfs gives it
   * @param position how much is done; 0 of 1 stands for "busy, extent unknown"
   * @param total how much there is to do, at least 1
   */
  record Progress(String call, long position, long total) implements GuestfsEvent {

    /**
     * Reports the progress of one call, or of those that a pipeline makes: {@code
     * g.upload(…).contextWrite(Progress.listener(p -> …))}.
     *
     * @param listener called on the event loop; must not block
     * @return what {@code contextWrite} takes
     */
    public static Function<Context, Context> listener(Consumer<Progress> listener) {
      return context -> context.put(Progress.class, listener);
    }
  }

  /**
   * Calls wait behind a transfer whose subscriber has asked for no content for a while.
   *
   * @param call the transfer
   * @param waiting how many calls wait
   */
  record TransferStalled(String call, int waiting) implements GuestfsEvent {}

  /**
   * The appliance ended by itself.
   *
   * @param exit how
   */
  record ApplianceExited(ApplianceExit exit) implements GuestfsEvent {}

  /** No call is possible any more. */
  record Closed() implements GuestfsEvent {}
}
