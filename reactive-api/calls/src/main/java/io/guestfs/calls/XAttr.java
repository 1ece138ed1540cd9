package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * An extended attribute.
 *
 * @param attrname its name with the name space, such as {@code user.comment}
 * @param attrval its value
 */
@SuppressWarnings("ArrayRecordComponent") // a value of bytes; neither side changes it
@Struct(name = "xattr")
public record XAttr(String attrname, byte[] attrval) {}
