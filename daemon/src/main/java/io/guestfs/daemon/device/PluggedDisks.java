package io.guestfs.daemon.device;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Uevents;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Waits for disks that are being plugged in. The kernel announces a disk after it has looked for
 * partitions on it; that it appears in /sys says less.
 */
public final class PluggedDisks implements AutoCloseable {
  private static final String ADDED = "add@";
  private static final String REMOVED = "remove@";
  private static final String BLOCK = "/block/";
  private static final int PATIENCE_MILLIS = 60_000;

  private final Uevents uevents = Uevents.open();

  /** Forgets what has been announced so far. */
  public void forget() {
    Set<String> none = new HashSet<>();
    for (String event = uevents.next(0); event != null; event = uevents.next(0)) {
      remove(none, ADDED, event);
    }
  }

  /** Waits until there is a disk at each of these SCSI targets, with its partitions. */
  public void await(List<Integer> targets) {
    await(targets, ADDED);
  }

  /** Waits until the disk at each of these SCSI targets is gone. */
  public void awaitGone(List<Integer> targets) {
    await(targets, REMOVED);
  }

  private void await(List<Integer> targets, String change) {
    Set<String> missing = new HashSet<>();
    for (int target : targets) {
      missing.add(DiskName.CANONICAL_PREFIX + DiskName.letters(target));
    }
    while (!missing.isEmpty()) {
      String event = uevents.next(PATIENCE_MILLIS);
      if (event == null || event.isEmpty()) {
        throw new CallException("still waiting for " + change + " of " + missing);
      }
      remove(missing, change, event);
    }
  }

  /** {@code event} is of a disk when nothing follows its name. */
  private static void remove(Set<String> missing, String change, String event) {
    int block = event.lastIndexOf(BLOCK);
    if (event.startsWith(change) && block > 0) {
      String kernelName = event.substring(block + BLOCK.length());
      if (kernelName.indexOf('/') < 0) {
        missing.remove(Disk.of(kernelName, event).name());
      }
    }
  }

  @Override
  public void close() {
    uevents.close();
  }
}
