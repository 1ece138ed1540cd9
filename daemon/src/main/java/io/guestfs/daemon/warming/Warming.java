package io.guestfs.daemon.warming;

import io.guestfs.daemon.connection.CallLoop;
import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.UnixSocket;
import io.guestfs.daemon.tool.Tool;
import java.util.List;

/**
 * Warms the daemon up by calling it, through the message loop and the handlers that will serve the
 * library, on a scratch disk in memory. A Java method is slow when it is called for the first time,
 * an external program when it is read for the first time, and under emulation both are very slow.
 */
public final class Warming {
  private static final String DEVICE = "/dev/ram0";

  /** As arguments of the kernel's module: kibibytes, and room for partitions. */
  private static final String[] DISK = {"rd_nr=1", "rd_size=65536", "max_part=4"};

  private Warming() {}

  /** Makes all the calls. What fails is told on the console, and is slow later. */
  public static void run(CallService calls) {
    try {
      Tool.of("modprobe", "brd").args(DISK).run();
      serve(calls);
      // Gives the memory back, too.
      Tool.of("modprobe", "-r", "brd").run();
    } catch (RuntimeException e) {
      Diagnostics.print("warming: " + e);
    }
  }

  private static void serve(CallService calls) {
    List<Fd> ends = UnixSocket.pair("warming");
    try (Fd daemon = ends.get(0);
        Fd library = ends.get(1)) {
      new WarmingCalls(new WarmingLibrary(new CallLoop(daemon, calls), library), DEVICE).run();
    }
  }
}
