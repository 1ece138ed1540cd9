package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * The version of the library.
 *
 * @param major the first number
 * @param minor the second
 * @param release the third
 * @param extra what follows it, such as {@code -SNAPSHOT}; often empty
 */
@Struct(name = "version")
public record Version(long major, long minor, long release, String extra) {}
