/** The initial RAM disks of Linux: cpio archives, packed or not. */
@NullMarked
package io.guestfs.daemon.initrd;

import org.jspecify.annotations.NullMarked;
