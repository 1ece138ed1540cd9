package io.guestfs.calls;

import io.guestfs.protocol.annotation.Bytes;
import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.annotation.Uuid;

/**
 * A volume group of LVM; the fields are those of vgs(8).
 *
 * @param vgName the name
 * @param vgUuid the UUID, without dashes
 * @param vgFmt the metadata format
 * @param vgAttr the attribute bits
 * @param vgSize the size in bytes
 * @param vgFree the free space in bytes
 * @param vgSysid the system that owns it
 * @param vgExtentSize the size of a physical extent in bytes
 * @param vgExtentCount the physical extents in all
 * @param vgFreeCount the free physical extents
 * @param maxLv how many logical volumes are allowed, 0 for any number
 * @param maxPv how many physical volumes are allowed, 0 for any number
 * @param pvCount the physical volumes
 * @param lvCount the logical volumes
 * @param snapCount the snapshots
 * @param vgSeqno how often its metadata changed
 * @param vgTags the tags, separated by commas
 * @param vgMdaCount the metadata areas
 * @param vgMdaFree the free space in metadata areas, in bytes
 */
@Struct(name = "lvm_vg")
public record VG(
    String vgName,
    @Uuid String vgUuid,
    String vgFmt,
    String vgAttr,
    @Bytes long vgSize,
    @Bytes long vgFree,
    String vgSysid,
    @Bytes long vgExtentSize,
    long vgExtentCount,
    long vgFreeCount,
    long maxLv,
    long maxPv,
    long pvCount,
    long lvCount,
    long snapCount,
    long vgSeqno,
    String vgTags,
    long vgMdaCount,
    @Bytes long vgMdaFree) {}
