package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * The attributes of a file, with times to the second; {@link StatNS} has more.
 *
 * @param dev the device that holds the file
 * @param ino the inode
 * @param mode type and permissions
 * @param nlink the number of hard links
 * @param uid the owner
 * @param gid the group
 * @param rdev the device that a device node stands for
 * @param size the size in bytes
 * @param blksize the preferred size of I/O in bytes
 * @param blocks the blocks of 512 bytes that it takes
 * @param atime when it was read last, seconds since 1970
 * @param mtime when its content changed last, seconds since 1970
 * @param ctime when its inode changed last, seconds since 1970
 */
@Struct(name = "stat")
public record Stat(
    long dev,
    long ino,
    long mode,
    long nlink,
    long uid,
    long gid,
    long rdev,
    long size,
    long blksize,
    long blocks,
    long atime,
    long mtime,
    long ctime) {}
