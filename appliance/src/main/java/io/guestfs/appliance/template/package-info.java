/** Machines that were saved after their boot, on disk: found, made under a lock, swept. */
@NullMarked
package io.guestfs.appliance.template;

import org.jspecify.annotations.NullMarked;
