/** How a call fails: error numbers, and the exception that carries one to the caller. */
@NullMarked
package io.guestfs.daemon.error;

import org.jspecify.annotations.NullMarked;
