package io.guestfs.calls.value;

import org.jspecify.annotations.Nullable;

/**
 * What can be mounted: a device, or a btrfs subvolume on it.
 *
 * @param device the device
 * @param subvolume the subvolume, without a slash in front; null for the device itself
 */
public record Mountable(Device device, @Nullable String subvolume) implements MountableOrPath {

  private static final String SUBVOLUME_PREFIX = "btrfsvol:";

  /** The file system on a device. */
  public Mountable(Device device) {
    this(device, null);
  }

  /**
   * Reads {@code /dev/sda1} or {@code btrfsvol:/dev/sda1/subvolume}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Mountable parse(String name) {
    if (!name.startsWith(SUBVOLUME_PREFIX)) {
      return new Mountable(new Device(name));
    }
    String rest = name.substring(SUBVOLUME_PREFIX.length());
    // The device is /dev/X; whatever follows the slash behind it is the subvolume.
    int slash = rest.startsWith("/dev/") ? rest.indexOf('/', "/dev/".length()) : -1;
    if (slash < 0 || slash + 1 == rest.length()) {
      throw new IllegalArgumentException(
          name + ": a subvolume is written " + SUBVOLUME_PREFIX + "/dev/DEVICE/SUBVOLUME");
    }
    return new Mountable(new Device(rest.substring(0, slash)), rest.substring(slash + 1));
  }

  /** Whether a string names a mountable rather than a path in the guest. */
  public static boolean isMountable(String name) {
    return name.startsWith(SUBVOLUME_PREFIX) || Device.isDevice(name);
  }

  @Override
  public String name() {
    return subvolume == null ? device.name() : SUBVOLUME_PREFIX + device.name() + "/" + subvolume;
  }

  @Override
  public String toString() {
    return name();
  }
}
