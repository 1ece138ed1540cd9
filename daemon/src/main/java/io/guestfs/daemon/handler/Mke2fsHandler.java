package io.guestfs.daemon.handler;

import io.guestfs.calls.Mke2fsOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.Mke2fsCallsHandler;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.filesystem.Mke2fs;
import org.jspecify.annotations.Nullable;

/** Serves the calls that make ext2, ext3 and ext4. */
public final class Mke2fsHandler implements Mke2fsCallsHandler {
  private final Roles roles;

  public Mke2fsHandler(Roles roles) {
    this.roles = roles;
  }

  @Override
  public void mke2fs(Device device, Mke2fsOptions options) {
    Mke2fs.run(device, options, kernelName(options.journaldevice()));
  }

  private @Nullable String kernelName(@Nullable String journal) {
    return journal != null && Device.isDevice(journal) ? roles.device(journal).name() : journal;
  }

  @Override
  public void mke2fsJ(String fstype, int blocksize, Device device, Device journal) {
    withJournal(fstype, blocksize, device, journal.name());
  }

  @Override
  public void mke2fsJL(String fstype, int blocksize, Device device, String label) {
    withJournal(fstype, blocksize, device, "LABEL=" + label);
  }

  @Override
  public void mke2fsJU(String fstype, int blocksize, Device device, String uuid) {
    withJournal(fstype, blocksize, device, "UUID=" + uuid);
  }

  private static void withJournal(String fstype, int blocksize, Device device, String journal) {
    Mke2fs.run(device, forced(blocksize).fstype(fstype), journal);
  }

  @Override
  public void mke2journal(int blocksize, Device device) {
    Mke2fs.run(device, journal(blocksize), null);
  }

  @Override
  public void mke2journalL(int blocksize, String label, Device device) {
    Mke2fs.run(device, journal(blocksize).label(label), null);
  }

  @Override
  public void mke2journalU(int blocksize, String uuid, Device device) {
    Mke2fs.run(device, journal(blocksize).uuid(uuid), null);
  }

  private static Mke2fsOptions journal(int blocksize) {
    return forced(blocksize).journaldev(true);
  }

  private static Mke2fsOptions forced(int blocksize) {
    return Mke2fsOptions.defaults().blocksize(blocksize).forcecreate(true);
  }
}
