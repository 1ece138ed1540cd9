package io.guestfs.daemon;

import io.guestfs.daemon.control.SavedMachine;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.warming.Warming;

/**
 * Runs when the image is built, on the host: the daemon's Java records what it loads and links, and
 * finds it ready at every boot.
 */
public final class Rehearsal {

  private Rehearsal() {}

  /** Takes an empty directory, and leaves files in it. */
  public static void main(String[] directory) {
    RuntimeThreads.letSleep();
    Warming.rehearse(ServedCalls.of(GuestRoot.directory(directory[0]), Disks.none()));
    SavedMachine.rehearseOnHost();
  }
}
