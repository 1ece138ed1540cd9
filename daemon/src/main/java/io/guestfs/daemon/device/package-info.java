/** Disks, partitions and their names. */
@NullMarked
package io.guestfs.daemon.device;

import org.jspecify.annotations.NullMarked;
