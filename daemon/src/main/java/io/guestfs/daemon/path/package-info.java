/** Names in the guest: matched, spelled right, made up. */
@NullMarked
package io.guestfs.daemon.path;

import org.jspecify.annotations.NullMarked;
