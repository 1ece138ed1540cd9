package io.guestfs.daemon.tool;

import io.guestfs.daemon.linux.ChildProcess;
import io.guestfs.daemon.linux.Fd;
import java.util.List;

/** Finds the program of a {@link Tool} and starts it, in the surroundings that it needs. */
interface Launcher {
  /**
   * Starts the program.
   *
   * @param arguments all of them, the first being the name of the program
   */
  ChildProcess start(
      List<String> arguments, List<String> environment, Fd input, Fd output, Fd errors);
}
