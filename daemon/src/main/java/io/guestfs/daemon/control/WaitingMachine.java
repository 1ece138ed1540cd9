package io.guestfs.daemon.control;

import io.guestfs.daemon.connection.CallLoop;
import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.device.PluggedDisks;
import io.guestfs.daemon.linux.Clock;
import io.guestfs.daemon.warming.Warming;

/** A machine that is up before anybody knows which disks it is for. */
public final class WaitingMachine {
  static final String AWAKE = "awake";
  private static final String PLUGGED = "plugged";

  private WaitingMachine() {}

  /**
   * Serves what comes over the loop's port, when it has its disks; {@code control} is the device.
   */
  public static void serve(String control, CallService calls, CallLoop loop) {
    ControlPort.talk(control, port -> awaitDisks(port, new PluggedDisks(), calls));
    loop.run();
  }

  /**
   * Practises first what will be done when somebody waits for it: while nobody does, there is time.
   */
  static void awaitDisks(ControlPort port, PluggedDisks disks, CallService calls) {
    disks.replugPlaceholder();
    Warming.practise(
        calls,
        loop -> {
          ControlPort.rehearse(Plugged.rehearsal(), nobody -> take(nobody, disks));
          loop.run();
        });
    port.say(AWAKE);
    take(port, disks);
  }

  private static void take(ControlPort port, PluggedDisks disks) {
    Plugged plugged = Plugged.parse(port.hear());
    Clock.set(plugged.seconds(), plugged.nanos());
    disks.await(plugged.disks());
    port.say(PLUGGED);
  }
}
