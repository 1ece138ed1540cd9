/** What the daemon does before its machine is saved, so that it is fast in every copy. */
@NullMarked
package io.guestfs.daemon.warming;

import org.jspecify.annotations.NullMarked;
