/** What is mounted in the guest. */
@NullMarked
package io.guestfs.daemon.mount;

import org.jspecify.annotations.NullMarked;
