package io.guestfs.daemon.mount;

import io.guestfs.calls.value.Mountable;

/**
 * A file system that is mounted in the guest.
 *
 * @param path where, as the guest sees it
 */
public record GuestMount(Mountable mountable, String path) {}
