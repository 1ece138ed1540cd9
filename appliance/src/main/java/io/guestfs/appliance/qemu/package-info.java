/** One qemu process: its command line, its sockets, its monitor, its life. */
@NullMarked
package io.guestfs.appliance.qemu;

import org.jspecify.annotations.NullMarked;
