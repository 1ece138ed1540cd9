/**
 * External Data Representation (XDR, RFC 4506) as far as the libguestfs protocol uses it: integers,
 * booleans, floats, opaque data, strings, lists of strings and optional strings, and the mapping
 * between the byte strings of a guest and Java strings.
 *
 * <p>These classes need {@code netty-buffer} alone, so that a program without Netty's transports
 * can use them.
 */
@NullMarked
package io.guestfs.protocol.xdr;

import org.jspecify.annotations.NullMarked;
