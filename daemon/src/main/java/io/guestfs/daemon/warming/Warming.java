package io.guestfs.daemon.warming;

import io.guestfs.daemon.connection.CallLoop;
import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.UnixSocket;
import io.guestfs.daemon.tool.Tool;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

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
      serve(calls, WarmingCalls::run);
      // Gives the memory back, too.
      Tool.of("modprobe", "-r", "brd").run();
    } catch (RuntimeException e) {
      Diagnostics.print("warming: " + e);
    }
  }

  /**
   * Makes the calls that need no disk, as the image is built: what they make Java load and link is
   * recorded, and need not be found out again at every boot.
   */
  public static void rehearse(CallService calls) {
    serve(calls, WarmingCalls::runWithoutDisk);
  }

  /**
   * Has the calls served that a program begins with, and no other; the loop ends after them.
   *
   * @param serve runs the loop
   */
  public static void practise(CallService calls, Consumer<CallLoop> serve) {
    connect(
        calls,
        (loop, library) -> {
          library.beginAndLeave();
          serve.accept(loop);
        });
  }

  private static void serve(CallService calls, Consumer<WarmingCalls> all) {
    connect(calls, (loop, library) -> all.accept(new WarmingCalls(library, DEVICE)));
  }

  private static void connect(CallService calls, BiConsumer<CallLoop, WarmingLibrary> use) {
    List<Fd> ends = UnixSocket.pair("warming");
    try (Fd daemon = ends.get(0);
        Fd library = ends.get(1)) {
      CallLoop loop = new CallLoop(daemon, calls);
      use.accept(loop, new WarmingLibrary(loop, library));
    }
  }
}
