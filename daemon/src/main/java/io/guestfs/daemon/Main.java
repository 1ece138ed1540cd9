package io.guestfs.daemon;

import io.guestfs.daemon.connection.CallLoop;
import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.connection.PortException;
import io.guestfs.daemon.control.SavedMachine;
import io.guestfs.daemon.control.WaitingMachine;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.Mounting;
import io.guestfs.daemon.linux.OpenFlags;
import io.guestfs.daemon.linux.Scheduling;
import io.guestfs.daemon.linux.UnixSocket;
import io.guestfs.daemon.root.GuestRoot;

/**
 * Serves one library, until it closes the connection. The status is 0 then, 1 when the connection
 * broke or what came over it made no sense, 2 when the command line is wrong.
 */
public final class Main {
  private static final int CONNECTION_BROKEN = 1;
  private static final int WRONG_USAGE = 2;

  /** What libguestfs promises at the start of a handle. */
  private static final int UMASK = 022;

  private Main() {}

  /** See {@link Arguments#USAGE}. */
  public static void main(String[] words) {
    Arguments arguments;
    try {
      arguments = Arguments.parse(words);
    } catch (IllegalArgumentException e) {
      Diagnostics.print(e.getMessage() + System.lineSeparator() + Arguments.USAGE);
      System.exit(WRONG_USAGE);
      return;
    }
    Mounting.umask(UMASK);
    Scheduling.preferThroughput();
    try {
      serve(arguments);
    } catch (PortException | CallException e) {
      Diagnostics.print(String.valueOf(e.getMessage()));
      System.exit(CONNECTION_BROKEN);
    }
  }

  private static void serve(Arguments arguments) {
    if (arguments.port() != null) {
      RuntimeThreads.letSleep();
      GuestRoot root = GuestRoot.mountPoint(arguments.root());
      try (Fd port = Fd.open(arguments.port(), OpenFlags.O_RDWR, 0)) {
        CallService calls = ServedCalls.of(root, Disks.ofAppliance());
        CallLoop loop = new CallLoop(port, calls);
        if (arguments.control() != null) {
          SavedMachine.serve(arguments.control(), calls, loop);
        } else if (arguments.plug() != null) {
          WaitingMachine.serve(arguments.plug(), calls, loop);
        } else {
          loop.run();
        }
      }
    } else if (arguments.socket() != null) {
      GuestRoot root = GuestRoot.directory(arguments.root());
      try (Fd socket = UnixSocket.connect(arguments.socket())) {
        new CallLoop(socket, ServedCalls.of(root, Disks.none())).run();
      }
    }
  }
}
