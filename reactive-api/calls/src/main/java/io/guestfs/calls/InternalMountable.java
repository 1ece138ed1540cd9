package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * The parts of a mountable.
 *
 * @param imType 1 a device, 2 a subvolume of btrfs, 3 a path in the guest
 * @param imDevice the device, or the path
 * @param imVolume the subvolume, or empty
 */
@Struct(name = "internal_mountable")
public record InternalMountable(int imType, String imDevice, String imVolume) {}
