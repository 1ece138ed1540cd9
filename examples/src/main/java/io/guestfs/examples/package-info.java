/**
 * Programs of one task each, and the demo, which does all that a first look wants to see. Each
 * finds its appliance by {@code LIBGUESTFS_PATH}, or on the class path.
 */
@NullMarked
package io.guestfs.examples;

import org.jspecify.annotations.NullMarked;
