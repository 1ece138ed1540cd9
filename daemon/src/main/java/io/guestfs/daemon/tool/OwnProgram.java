package io.guestfs.daemon.tool;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.ChildProcess;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program of the daemon's own system, which is what it sees.
 *
 * @param directory where it works, the daemon's own when null
 */
record OwnProgram(@Nullable Directory directory) implements Launcher {
  @Override
  public ChildProcess start(
      List<String> arguments, List<String> environment, Fd input, Fd output, Fd errors) {
    String path = find(arguments.get(0));
    return ChildProcess.start(path, arguments, environment, directory, input, output, errors);
  }

  static String find(String program) {
    String path = SearchPath.find(program);
    if (path == null) {
      throw new CallException(Errno.ENOTSUP, program + ": there is no such program here");
    }
    return path;
  }
}
