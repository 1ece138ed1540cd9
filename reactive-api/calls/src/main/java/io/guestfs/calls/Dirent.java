package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * An entry of a directory.
 *
 * @param ino the inode
 * @param ftyp the type: {@code b} block device, {@code c} character device, {@code d} directory,
 *     {@code f} FIFO, {@code l} symbolic link, {@code r} regular file, {@code s} socket, {@code u}
 *     or {@code ?} unknown
 * @param name the name
 */
@Struct(name = "dirent")
public record Dirent(long ino, char ftyp, String name) {}
