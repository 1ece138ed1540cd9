package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * The state of a file system, as statvfs(3) gives it.
 *
 * @param bsize the block size in bytes
 * @param frsize the fragment size in bytes, the unit of the three numbers of blocks
 * @param blocks the blocks in all
 * @param bfree the free blocks
 * @param bavail the free blocks for users other than root
 * @param files the inodes in all
 * @param ffree the free inodes
 * @param favail the free inodes for users other than root
 * @param fsid its identity
 * @param flag how it is mounted
 * @param namemax the longest file name in bytes
 */
@Struct(name = "statvfs")
public record StatVFS(
    long bsize,
    long frsize,
    long blocks,
    long bfree,
    long bavail,
    long files,
    long ffree,
    long favail,
    long fsid,
    long flag,
    long namemax) {}
