package io.guestfs.daemon.control;

import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.device.PluggedDisks;
import io.guestfs.daemon.linux.Clock;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;

/** A machine that is up before anybody knows which disks it is for. */
public final class WaitingMachine {
  static final String AWAKE = "awake";
  static final String FAILED = "failed: ";
  private static final String PLUGGED = "plugged";

  private WaitingMachine() {}

  /** Returns when the disks are there; {@code control} is the device. */
  public static void awaitDisks(String control) {
    try (Fd device = Fd.open(control, OpenFlags.O_RDWR, 0);
        PluggedDisks disks = new PluggedDisks()) {
      ControlPort port = new ControlPort(device);
      try {
        awaitDisks(port, disks);
      } catch (RuntimeException e) {
        Diagnostics.print("cannot be given disks: " + e);
        port.say(FAILED + e.getMessage());
        throw e;
      }
    }
  }

  static void awaitDisks(ControlPort port, PluggedDisks disks) {
    port.say(AWAKE);
    Plugged plugged = Plugged.parse(port.hear());
    Clock.set(plugged.seconds(), plugged.nanos());
    disks.await(plugged.targets());
    port.say(PLUGGED);
  }
}
