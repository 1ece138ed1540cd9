/** The record of what there is of libguestfs' interface: {@code docs/calls.md}. */
@NullMarked
package io.guestfs.inventory;

import org.jspecify.annotations.NullMarked;
