package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.DaemonCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.filesystem.FilesystemTypes;
import java.util.List;

/** Serves the calls about the daemon itself. */
public final class DaemonHandler implements DaemonCallsHandler {
  private static final long MILLIS_PER_SECOND = 1000;

  @Override
  public void pingDaemon() {}

  @Override
  public String echoDaemon(List<String> words) {
    return String.join(" ", words);
  }

  @Override
  public void sleep(int secs) {
    if (secs < 0) {
      throw new CallException(Errno.EINVAL, secs + " seconds must not be negative");
    }
    try {
      Thread.sleep(secs * MILLIS_PER_SECOND);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CallException.failed("sleep", Errno.EINTR);
    }
  }

  @Override
  public List<String> availableAllGroups() {
    return FeatureGroups.names();
  }

  @Override
  public boolean filesystemAvailable(String filesystem) {
    if (!FilesystemTypes.isName(filesystem)) {
      throw new CallException(
          Errno.EINVAL,
          "'" + filesystem + "' is not the name of a file system: letters, digits and underscores");
    }
    return FilesystemTypes.isAvailable(filesystem);
  }
}
