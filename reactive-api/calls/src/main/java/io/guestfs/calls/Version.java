package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * The version of the calls that a library has, in the count of libguestfs.
 *
 * @param major the first number, 1
 * @param minor the second
 * @param release the third
 * @param extra what follows it; here, the name of this library and its own version
 */
@Struct(name = "version")
public record Version(long major, long minor, long release, String extra) {}
