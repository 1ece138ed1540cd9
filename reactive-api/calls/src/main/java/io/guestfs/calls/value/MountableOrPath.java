package io.guestfs.calls.value;

/** What calls take that work on file systems, given by their device or by a path inside. */
public sealed interface MountableOrPath permits Mountable, GuestPath {

  /** The name, as the plain calls take it. */
  String name();
}
