package io.guestfs.daemon.tool;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.ChildProcess;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OwnNamespaces;
import io.guestfs.daemon.root.GuestRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the daemon's own system that has the guest as its root directory, so that it
 * resolves every path as the guest would, and no symlink leads it out.
 *
 * <p>Program and libraries are out of sight then. They are reached nevertheless, by paths relative
 * to the working directory, which stays the daemon's root until the program changes it; and since
 * the kernel would look for the dynamic loader below the new root, the loader is what is executed,
 * with the program as its argument. Nothing of the guest can be executed or loaded as a library:
 * all that is mounted there is marked so.
 */
record OwnProgramInGuest(GuestRoot guest) implements Launcher {
  private static final List<String> LOADERS =
      List.of("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1");
  private static final List<String> LIBRARY_FOLDERS =
      List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib");

  @Override
  public ChildProcess start(
      List<String> arguments, List<String> environment, Fd input, Fd output, Fd errors) {
    guest.requireMounted(arguments.get(0));
    String program = arguments.get(0);
    List<String> command = loader();
    command.addAll(List.of("--argv0", program, relative(OwnProgram.find(program))));
    command.addAll(arguments.subList(1, arguments.size()));
    return OwnNamespaces.call(
        () -> {
          enter();
          return ChildProcess.start(
              command.get(0), command, environment, null, input, output, errors);
        });
  }

  /** The words that start another program of the daemon's own system from within such a process. */
  static List<String> command(String program) {
    List<String> command = loader();
    command.add(relative(OwnProgram.find(program)));
    return command;
  }

  private void enter() {
    OwnNamespaces.denyExecution(guest.hostPath());
    OwnNamespaces.changeDirectory("/");
    OwnNamespaces.changeRoot(guest.hostPath());
  }

  private static List<String> loader() {
    List<String> command = new ArrayList<>();
    for (String loader : LOADERS) {
      if (Files.exists(Path.of(loader))) {
        command.add(relative(loader));
        command.addAll(List.of("--inhibit-cache", "--library-path", libraryPath()));
        return command;
      }
    }
    throw new CallException(Errno.ENOTSUP, "there is none of the dynamic loaders " + LOADERS);
  }

  private static String libraryPath() {
    List<String> folders = new ArrayList<>();
    for (String folder : LIBRARY_FOLDERS) {
      if (Files.isDirectory(Path.of(folder))) {
        folders.add(relative(folder));
      }
    }
    return String.join(":", folders);
  }

  /** Relative to the root, and free of symlinks: absolute ones would lead into the guest. */
  private static String relative(String path) {
    try {
      return Path.of(path).toRealPath().toString().substring(1);
    } catch (IOException e) {
      throw new CallException(Errno.ENOENT, path + ": " + e);
    }
  }
}
