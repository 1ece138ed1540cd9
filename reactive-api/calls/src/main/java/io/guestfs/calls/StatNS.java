package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * The attributes of a file, as stat(2) gives them, with times to the nanosecond.
 *
 * @param stDev the device that holds the file
 * @param stIno the inode; −1 in a list stands for a file that is not there
 * @param stMode type and permissions
 * @param stNlink the number of hard links
 * @param stUid the owner
 * @param stGid the group
 * @param stRdev the device that a device node stands for
 * @param stSize the size in bytes
 * @param stBlksize the preferred size of I/O in bytes
 * @param stBlocks the blocks of 512 bytes that it takes
 * @param stAtimeSec when it was read last, seconds since 1970
 * @param stAtimeNsec and nanoseconds
 * @param stMtimeSec when its content changed last, seconds since 1970
 * @param stMtimeNsec and nanoseconds
 * @param stCtimeSec when its inode changed last, seconds since 1970
 * @param stCtimeNsec and nanoseconds
 * @param stSpare1 spare
 * @param stSpare2 spare
 * @param stSpare3 spare
 * @param stSpare4 spare
 * @param stSpare5 spare
 * @param stSpare6 spare
 */
@Struct(name = "statns")
public record StatNS(
    long stDev,
    long stIno,
    long stMode,
    long stNlink,
    long stUid,
    long stGid,
    long stRdev,
    long stSize,
    long stBlksize,
    long stBlocks,
    long stAtimeSec,
    long stAtimeNsec,
    long stMtimeSec,
    long stMtimeNsec,
    long stCtimeSec,
    long stCtimeNsec,
    long stSpare1,
    long stSpare2,
    long stSpare3,
    long stSpare4,
    long stSpare5,
    long stSpare6) {}
