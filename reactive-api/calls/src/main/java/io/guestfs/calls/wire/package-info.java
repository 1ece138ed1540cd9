/**
 * The calls on the wire: descriptors and structures as tables, and what a daemon implements to
 * serve them. Most of it is generated from the declarations; users of the library do not need it.
 */
@NullMarked
package io.guestfs.calls.wire;

import org.jspecify.annotations.NullMarked;
