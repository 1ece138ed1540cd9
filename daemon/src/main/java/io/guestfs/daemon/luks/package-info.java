/** Encrypted volumes. */
@NullMarked
package io.guestfs.daemon.luks;

import org.jspecify.annotations.NullMarked;
