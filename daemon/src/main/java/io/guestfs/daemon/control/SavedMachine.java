package io.guestfs.daemon.control;

import io.guestfs.daemon.connection.CallLoop;
import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.device.PluggedDisks;
import io.guestfs.daemon.warming.Warming;

/**
 * Prepares this machine to be saved, and sleeps. What goes on when it is woken is a copy: of any
 * number, each of which thinks that it is the one.
 */
public final class SavedMachine {
  private static final String READY = "ready";

  /** What is told to warm up, and is answered with when it is done. */
  private static final String WARM = "warm";

  /** Reads so many digits of seeds that Java compiles how. */
  private static final int REHEARSALS = 4;

  private final CallService calls;
  private final PluggedDisks disks = new PluggedDisks();
  private final Identity identity = new Identity();

  private SavedMachine(CallService calls) {
    this.calls = calls;
  }

  /**
   * Serves what comes over the loop's port, in the copy, when it may; {@code control} is the
   * device.
   */
  public static void serve(String control, CallService calls, CallLoop loop) {
    serve(loop, () -> ControlPort.talk(control, port -> new SavedMachine(calls).sleep(port)));
  }

  /** One for rehearsals and for the copy: what was never called before is slow, and so is this. */
  private static void serve(CallLoop loop, Runnable wakeUp) {
    wakeUp.run();
    loop.run();
  }

  private void sleep(ControlPort port) {
    rehearse();
    wake(port, sleep(port, disks::forget, this::warmUp));
  }

  /**
   * Says that it can be saved, and sleeps until something is said that wakes it. Before that it may
   * be told to warm up, and can be saved once more, warm. What the kernel announced by then is of
   * no copy's concern.
   */
  static String sleep(ControlPort port, Runnable forget, Runnable warmUp) {
    forget.run();
    port.say(READY);
    String line = port.hear();
    if (line.equals(WARM)) {
      warmUp.run();
      forget.run();
      port.say(WARM);
      line = port.hear();
    }
    return line;
  }

  private void wake(ControlPort port, String line) {
    Wake wake = Wake.parse(line);
    identity.become(wake);
    if (wake.disks() == null) {
      WaitingMachine.awaitDisks(port, disks, calls);
    } else {
      disks.await(wake.disks());
      port.say(WaitingMachine.AWAKE);
    }
  }

  /**
   * Does once what every copy begins with. That costs the launch that saves this machine nothing:
   * what is new at the first time would be so in its own copy, and in all the others, too.
   */
  private void rehearse() {
    Warming.practise(
        calls,
        loop ->
            serve(
                loop,
                () -> ControlPort.rehearse(Wake.rehearsal(), port -> wake(port, port.hear()))));
  }

  /** To collect garbage makes Java forget what it knew of compiled code, so that is not the end. */
  private void warmUp() {
    Warming.run(calls);
    disks.replugPlaceholder();
    System.gc();
    for (int time = 0; time < REHEARSALS; time++) {
      rehearse();
    }
  }

  /** What can be done of it on a host; see {@link Warming#rehearse}. */
  public static void rehearseOnHost() {
    Wake.parse(Wake.rehearsal());
    Plugged.parse(Plugged.rehearsal());
  }
}
