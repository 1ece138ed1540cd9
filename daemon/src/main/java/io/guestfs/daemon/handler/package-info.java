/** The calls, one class for each family: what a call does, in terms of the other packages. */
@NullMarked
package io.guestfs.daemon.handler;

import org.jspecify.annotations.NullMarked;
