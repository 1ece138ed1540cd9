/** Software RAID. */
@NullMarked
package io.guestfs.daemon.md;

import org.jspecify.annotations.NullMarked;
