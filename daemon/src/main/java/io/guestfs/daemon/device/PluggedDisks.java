package io.guestfs.daemon.device;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Uevents;
import java.util.HashSet;
import java.util.Set;

/**
 * Waits until the kernel knows the disks that a machine is given. It announces a disk after it has
 * looked for partitions on it; that it appears in /sys says less.
 *
 * <p>It listens as long as the daemon runs: to stop would be part of each launch.
 */
public final class PluggedDisks {
  private static final String ADDED = "add@";
  private static final String REMOVED = "remove@";
  private static final String BLOCK = "/block/";
  private static final int PATIENCE_MILLIS = 60_000;

  private final Uevents uevents = Uevents.open();
  private Placeholder placeholder = Placeholder.find();

  /** Forgets what has been announced so far. */
  public void forget() {
    for (String event = uevents.next(0); event != null; event = uevents.next(0)) {
      change(event);
    }
  }

  /** Returns when these disks are there, with their partitions, and no other. */
  public void await(GivenDisks given) {
    Set<String> missing = new HashSet<>();
    if (given.placeholderTaken()) {
      placeholder.lookAgain();
    } else {
      missing.add(REMOVED + name(Placeholder.INDEX));
    }
    for (int target : given.targets()) {
      missing.add(ADDED + name(target));
    }
    await(missing);
  }

  /**
   * Has the kernel get to know the placeholder anew: as a rehearsal for disks that are plugged in,
   * and as one that nobody has written to.
   */
  public void replugPlaceholder() {
    String name = name(Placeholder.INDEX);
    Placeholder.unplug();
    Placeholder.plug();
    await(new HashSet<>(Set.of(REMOVED + name, ADDED + name)));
    placeholder = Placeholder.find();
  }

  private void await(Set<String> missing) {
    while (!missing.isEmpty()) {
      String event = uevents.next(PATIENCE_MILLIS);
      if (event == null || event.isEmpty()) {
        throw new CallException("still waiting for " + missing);
      }
      missing.remove(change(event));
    }
  }

  private static String name(int index) {
    return DiskName.CANONICAL_PREFIX + DiskName.letters(index);
  }

  /** Such as {@code add@sda}; empty when it is not about a disk, whose name nothing follows. */
  private static String change(String event) {
    int verb = event.indexOf('@') + 1;
    int block = event.lastIndexOf(BLOCK);
    if (verb > 0 && block > 0) {
      String kernelName = event.substring(block + BLOCK.length());
      if (kernelName.indexOf('/') < 0) {
        return event.substring(0, verb) + Disk.of(kernelName, event).name();
      }
    }
    return "";
  }
}
