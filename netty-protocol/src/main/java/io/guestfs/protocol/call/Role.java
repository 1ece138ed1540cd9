package io.guestfs.protocol.call;

/** What a string argument names or is; the daemon checks and translates it accordingly. */
public enum Role {
  /** Nothing in particular. */
  PLAIN,
  /** A block device. */
  DEVICE,
  /** A device, or a subvolume of one. */
  MOUNTABLE,
  /** An absolute path in the guest. */
  PATHNAME,
  /** One component of a path. */
  FILENAME,
  /** A device or a path. */
  DEVICE_OR_PATH,
  /** A mountable or a path. */
  MOUNTABLE_OR_PATH,
  /** A GUID. */
  GUID,
  /** What a file or an attribute holds. */
  CONTENT,
  /** A passphrase: a {@link Secret}. */
  KEY
}
