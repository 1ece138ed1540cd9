package io.guestfs.daemon.control;

import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.device.PluggedDisks;
import io.guestfs.daemon.linux.Clock;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import io.guestfs.daemon.warming.Warming;
import java.util.List;

/** A machine that is up before anybody knows which disks it is for. */
public final class WaitingMachine {
  static final String AWAKE = "awake";
  static final String FAILED = "failed: ";
  private static final String PLUGGED = "plugged";

  /** Before the target of a disk that is nobody's and goes again. */
  private static final String PRACTISE = "practise ";

  private static final String PRACTISED = "practised";

  private WaitingMachine() {}

  /** Returns when the disks are there; {@code control} is the device. */
  public static void awaitDisks(String control, CallService calls) {
    try (Fd device = Fd.open(control, OpenFlags.O_RDWR, 0);
        PluggedDisks disks = new PluggedDisks()) {
      ControlPort port = new ControlPort(device);
      try {
        awaitDisks(port, disks, calls);
      } catch (RuntimeException e) {
        Diagnostics.print("cannot be given disks: " + e);
        port.say(FAILED + e.getMessage());
        throw e;
      }
    }
  }

  static void awaitDisks(ControlPort port, PluggedDisks disks, CallService calls) {
    port.say(AWAKE);
    String line = port.hear();
    if (line.startsWith(PRACTISE)) {
      List<Integer> targets = Plugged.targets(line.substring(PRACTISE.length()));
      disks.await(targets);
      Warming.practise(calls);
      port.say(PRACTISED);
      disks.awaitGone(targets);
      line = port.hear();
    }
    Plugged plugged = Plugged.parse(line);
    Clock.set(plugged.seconds(), plugged.nanos());
    disks.await(plugged.targets());
    port.say(PLUGGED);
  }
}
