/**
 * The same calls with types that cannot be mixed up, where the plain ones take strings and bare
 * numbers: a thin layer over {@link io.guestfs.Guestfs}. Start at {@link
 * io.guestfs.typed.DiskAccess}.
 */
@NullMarked
package io.guestfs.typed;

import org.jspecify.annotations.NullMarked;
