package io.guestfs.calls.value;

/**
 * An absolute path in the mounted guest.
 *
 * @param name the path
 */
public record GuestPath(String name) implements DeviceOrPath, MountableOrPath {

  /**
   * A path.
   *
   * @throws IllegalArgumentException when it is relative, or holds a NUL
   */
  public GuestPath {
    if (name.isEmpty() || name.charAt(0) != '/') {
      throw new IllegalArgumentException("'" + name + "': a path in the guest must start with /");
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a path cannot hold a NUL character");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
