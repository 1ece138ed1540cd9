package io.guestfs.appliance;

/** What becomes of a guest's request to flush its writes (libguestfs: {@code cachemode}). */
public enum CacheMode {
  /** Flushes reach the host's storage. */
  WRITEBACK,
  /** Flushes are ignored: faster, and the image is lost when the host crashes. */
  UNSAFE
}
