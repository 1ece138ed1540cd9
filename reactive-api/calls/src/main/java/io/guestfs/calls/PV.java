package io.guestfs.calls;

import io.guestfs.protocol.annotation.Bytes;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.annotation.Uuid;

/**
 * A physical volume of LVM; the fields are those of pvs(8).
 *
 * @param pvName the device
 * @param pvUuid the UUID, without dashes
 * @param pvFmt the metadata format
 * @param pvSize the size that the volume group uses, in bytes
 * @param devSize the size of the device in bytes
 * @param pvFree the free space in bytes
 * @param pvUsed the used space in bytes
 * @param pvAttr the attribute bits
 * @param pvPeCount the physical extents in all
 * @param pvPeAllocCount the physical extents in use
 * @param pvTags the tags, separated by commas
 * @param peStart where the first extent begins, in bytes
 * @param pvMdaCount the metadata areas
 * @param pvMdaFree the free space in metadata areas, in bytes
 */
@Struct(name = "lvm_pv")
public record PV(
    @Device String pvName,
    @Uuid String pvUuid,
    String pvFmt,
    @Bytes long pvSize,
    @Bytes long devSize,
    @Bytes long pvFree,
    @Bytes long pvUsed,
    String pvAttr,
    long pvPeCount,
    long pvPeAllocCount,
    String pvTags,
    @Bytes long peStart,
    long pvMdaCount,
    @Bytes long pvMdaFree) {}
