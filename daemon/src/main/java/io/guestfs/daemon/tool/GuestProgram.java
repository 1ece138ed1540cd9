package io.guestfs.daemon.tool;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.ChildProcess;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.Mounting;
import io.guestfs.daemon.linux.OwnNamespaces;
import io.guestfs.daemon.root.GuestRoot;
import java.util.List;

/**
 * A program of the guest, which has the guest as its root directory. The daemon's {@code /dev},
 * {@code /proc} and {@code /sys} are mounted there while it runs, in its own view alone.
 */
record GuestProgram(GuestRoot guest) implements Launcher {
  private static final String[] KERNEL_FOLDERS = {"/dev", "/proc", "/sys"};

  @Override
  public ChildProcess start(
      List<String> arguments, List<String> environment, Fd input, Fd output, Fd errors) {
    guest.requireMounted(arguments.get(0));
    return OwnNamespaces.call(
        () -> {
          enter();
          String path = find(arguments.get(0));
          return ChildProcess.start(path, arguments, environment, null, input, output, errors);
        });
  }

  private void enter() {
    // Not what the daemon has open, which is of its own view, where nothing can be mounted from
    // here.
    GuestRoot view = GuestRoot.directory(guest.hostPath());
    for (String folder : KERNEL_FOLDERS) {
      mount(folder, view);
    }
    OwnNamespaces.changeRoot(guest.hostPath());
    OwnNamespaces.changeDirectory("/");
  }

  private static void mount(String folder, GuestRoot view) {
    try (Directory target = view.openDirectory(folder)) {
      Mounting.mount(folder, target.fd().procPath(), "", Mounting.MS_BIND | Mounting.MS_REC, "");
    } catch (CallException e) {
      // A guest need not have the folder; its programs then go without.
      if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP)) {
        throw e;
      }
    }
  }

  private static String find(String program) {
    String path = program.contains("/") ? program : SearchPath.find(program);
    if (path == null) {
      throw new CallException(Errno.ENOENT, program + ": there is no such program in the guest");
    }
    return path;
  }
}
