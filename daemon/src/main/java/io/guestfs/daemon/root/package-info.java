/** The mounted guest, which no path leads out of. */
@NullMarked
package io.guestfs.daemon.root;

import org.jspecify.annotations.NullMarked;
