package io.guestfs.daemon.device;

import static io.guestfs.daemon.linux.OpenFlags.O_DIRECTORY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.DirectoryReader;
import io.guestfs.daemon.linux.Fd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block devices that something was written to since they are there: disks, partitions, and what
 * is made of them. Each remembers by itself what it could not write.
 */
public final class WrittenDevices {
  private static final String CLASS = "/sys/class/block";

  /** Which of the numbers in {@code stat} count the writes, and the discards, that have ended. */
  private static final int WRITES = 4;

  private static final int DISCARDS = 11;

  private final String folder;
  private final Disks disks;
  private final DeviceNames names;

  /** Of the machine whose disks these are. */
  public WrittenDevices(Disks disks, DeviceNames names) {
    this(CLASS, disks, names);
  }

  WrittenDevices(String folder, Disks disks, DeviceNames names) {
    this.folder = folder;
    this.disks = disks;
    this.names = names;
  }

  /**
   * Waits until all of them have written what they cache. One that cannot does not keep the others
   * from it; the first failure is thrown at the end.
   */
  public void sync() {
    CallException first = null;
    for (Device device : list()) {
      CallException failure = trySync(device);
      first = first == null ? failure : first;
    }
    if (first != null) {
      throw first;
    }
  }

  private @Nullable CallException trySync(Device device) {
    try (Fd fd = Fd.open(device.name(), O_RDONLY, 0)) {
      fd.sync();
      return null;
    } catch (CallException e) {
      Errno errno = e.errno();
      return errno == null ? e : CallException.failed("sync: " + names.name(device), errno);
    }
  }

  List<Device> list() {
    List<Device> written = new ArrayList<>();
    if (disks.isNone()) {
      return written;
    }
    try (Directory devices = new Directory(Fd.open(folder, O_RDONLY | O_DIRECTORY, 0))) {
      DirectoryReader entries = devices.entries();
      while (entries.next()) {
        if (isWritten(entries.name())) {
          written.add(new Device("/dev/" + entries.name()));
        }
      }
    }
    return written;
  }

  /** A device without sectors has nothing behind it any more, such as a loop device. */
  private boolean isWritten(String kernelName) {
    String[] counts = attribute(kernelName, "stat").split(" +", -1);
    return !(isZero(counts, WRITES) && isZero(counts, DISCARDS))
        && !attribute(kernelName, "size").equals("0");
  }

  private static boolean isZero(String[] counts, int index) {
    return counts.length <= index || counts[index].equals("0");
  }

  private String attribute(String kernelName, String name) {
    return Sysfs.read(folder + "/" + kernelName + "/" + name);
  }
}
