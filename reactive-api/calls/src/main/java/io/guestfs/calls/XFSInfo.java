package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.annotation.UInt32;
import io.guestfs.protocol.annotation.UInt64;

/**
 * The geometry of an xfs file system. Sizes of blocks, sectors and inodes are in bytes, all others
 * in blocks.
 *
 * @param xfsMntpoint the device
 * @param xfsInodesize the size of an inode
 * @param xfsAgcount how many allocation groups there are
 * @param xfsAgsize the size of an allocation group
 * @param xfsSectsize the size of a sector
 * @param xfsAttr the version of attributes
 * @param xfsBlocksize the size of a block
 * @param xfsDatablocks the size of the data section
 * @param xfsImaxpct which part of it may become inodes, in percent
 * @param xfsSunit the size of a stripe unit
 * @param xfsSwidth the size of a stripe
 * @param xfsDirversion the version of directories
 * @param xfsDirblocksize the size of a block of a directory
 * @param xfsCimode whether case does not matter in names
 * @param xfsLogname where the log is
 * @param xfsLogblocksize the size of a block of the log
 * @param xfsLogblocks the size of the log
 * @param xfsLogversion the version of the log
 * @param xfsLogsectsize the size of a sector of the log
 * @param xfsLogsunit the size of a stripe unit of the log
 * @param xfsLazycount whether counters are written lazily
 * @param xfsRtname where the realtime section is, {@code none} when there is none
 * @param xfsRtextsize the size of an extent of it, in bytes
 * @param xfsRtblocks the size of it
 * @param xfsRtextents how many extents it has
 */
@Struct(name = "xfsinfo")
public record XFSInfo(
    String xfsMntpoint,
    @UInt32 long xfsInodesize,
    @UInt32 long xfsAgcount,
    @UInt32 long xfsAgsize,
    @UInt32 long xfsSectsize,
    @UInt32 long xfsAttr,
    @UInt32 long xfsBlocksize,
    @UInt64 long xfsDatablocks,
    @UInt32 long xfsImaxpct,
    @UInt32 long xfsSunit,
    @UInt32 long xfsSwidth,
    @UInt32 long xfsDirversion,
    @UInt32 long xfsDirblocksize,
    @UInt32 long xfsCimode,
    String xfsLogname,
    @UInt32 long xfsLogblocksize,
    @UInt32 long xfsLogblocks,
    @UInt32 long xfsLogversion,
    @UInt32 long xfsLogsectsize,
    @UInt32 long xfsLogsunit,
    @UInt32 long xfsLazycount,
    String xfsRtname,
    @UInt32 long xfsRtextsize,
    @UInt64 long xfsRtblocks,
    @UInt64 long xfsRtextents) {}
