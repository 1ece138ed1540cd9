package io.guestfs.calls.value;

/** What calls take that work on block devices and on files. */
public sealed interface DeviceOrPath permits Device, GuestPath {

  /** The name, as the plain calls take it. */
  String name();
}
