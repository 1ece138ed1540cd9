/**
 * Calls as tables: a {@link io.guestfs.protocol.call.CallDescriptor} says what travels, and one
 * small engine, shared by library and daemon, encodes and decodes by it.
 */
@NullMarked
package io.guestfs.protocol.call;

import org.jspecify.annotations.NullMarked;
