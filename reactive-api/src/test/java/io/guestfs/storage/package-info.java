/** Devices, partitions, volumes, file systems and mounts of a real appliance. */
@NullMarked
package io.guestfs.storage;

import org.jspecify.annotations.NullMarked;
