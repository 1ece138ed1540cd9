package io.guestfs.calls.value;

/**
 * A block device in the appliance.
 *
 * @param name its name, such as {@code /dev/sda1} or {@code /dev/VG/LV}
 */
public record Device(String name) implements DeviceOrPath {

  private static final String FOLDER = "/dev/";

  /**
   * A device of that name.
   *
   * @throws IllegalArgumentException when it is not in {@code /dev}
   */
  public Device {
    if (!isDevice(name)) {
      throw new IllegalArgumentException(name + ": a device name starts with " + FOLDER);
    }
  }

  /** Whether a string names a device rather than a path in the guest. */
  public static boolean isDevice(String name) {
    return name.startsWith(FOLDER) && name.length() > FOLDER.length();
  }

  @Override
  public String toString() {
    return name;
  }
}
