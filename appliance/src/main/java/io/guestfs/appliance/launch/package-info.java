/** Strategies that bring an appliance up, and what supervises it afterwards. */
@NullMarked
package io.guestfs.appliance.launch;

import org.jspecify.annotations.NullMarked;
