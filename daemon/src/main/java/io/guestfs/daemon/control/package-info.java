/** How the machine is saved after its boot, and what each copy does first when it is woken. */
@NullMarked
package io.guestfs.daemon.control;

import org.jspecify.annotations.NullMarked;
