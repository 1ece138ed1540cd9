/** Physical volumes, volume groups and logical volumes. */
@NullMarked
package io.guestfs.daemon.lvm;

import org.jspecify.annotations.NullMarked;
