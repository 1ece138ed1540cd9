package io.guestfs.daemon.control;

import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.device.PluggedDisks;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import io.guestfs.daemon.warming.Warming;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Prepares this machine to be saved, and sleeps. What goes on when it is woken is a copy: of any
 * number, each of which thinks that it is the one.
 */
public final class SavedMachine {
  private static final String READY = "ready";

  /** What is told to warm up, and is answered with when it is done. */
  private static final String WARM = "warm";

  private static final int SEED_BYTES = 64;

  /** Reads so many digits of seeds that Java compiles how. */
  private static final int REHEARSALS = 4;

  private SavedMachine() {}

  /** Returns in the copy, when it may serve; {@code control} is the device. */
  public static void sleepUntilWoken(String control, CallService calls) {
    try (Fd device = Fd.open(control, OpenFlags.O_RDWR, 0);
        PluggedDisks disks = new PluggedDisks()) {
      ControlPort port = new ControlPort(device);
      try {
        getReady(calls);
        Wake wake = sleep(port, disks::forget, () -> warmUp(calls));
        wake.apply();
        if (wake.targets() == null) {
          WaitingMachine.awaitDisks(port, disks, calls);
        } else {
          disks.await(wake.targets());
          port.say(WaitingMachine.AWAKE);
        }
      } catch (RuntimeException e) {
        Diagnostics.print("cannot be saved or woken: " + e);
        port.say(WaitingMachine.FAILED + e.getMessage());
        throw e;
      }
    }
  }

  /**
   * Says that it can be saved, and hears what wakes it. Before that it may be told to warm up, and
   * can be saved once more, warm. What the kernel announced by then is of no copy's concern.
   */
  static Wake sleep(ControlPort port, Runnable forget, Runnable warmUp) {
    forget.run();
    port.say(READY);
    String line = port.hear();
    if (line.equals(WARM)) {
      warmUp.run();
      forget.run();
      port.say(WARM);
      line = port.hear();
    }
    return Wake.parse(line);
  }

  /** What can be done of it on a host; see {@link Warming#rehearse}. */
  public static void rehearse() {
    Wake.parse(rehearsal());
    Plugged.parse("disks 0 0 -");
  }

  /**
   * Does once what every copy begins with. That costs the launch that saves this machine nothing:
   * what is new at the first time would be so in its own copy, and in all the others, too.
   */
  private static void getReady(CallService calls) {
    Warming.practise(calls);
    Wake.parse(rehearsal()).apply();
    Plugged.parse("disks 0 0 -");
  }

  private static void warmUp(CallService calls) {
    Warming.run(calls);
    for (int time = 0; time < REHEARSALS; time++) {
      Wake.parse(rehearsal()).apply();
    }
    System.gc();
  }

  /** As the line that will come. */
  private static String rehearsal() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    long millis = System.currentTimeMillis();
    return "wake "
        + millis / 1000
        + " "
        + millis % 1000 * 1_000_000
        + " "
        + HexFormat.of().formatHex(seed)
        + " "
        + UUID.randomUUID()
        + " -";
  }
}
