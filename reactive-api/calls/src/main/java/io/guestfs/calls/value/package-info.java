/** Strings that play a role, and sizes, as types that cannot be mixed up. */
@NullMarked
package io.guestfs.calls.value;

import org.jspecify.annotations.NullMarked;
