package io.guestfs.calls;

import io.guestfs.protocol.annotation.Bytes;
import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.annotation.Uuid;
import java.util.OptionalDouble;

/**
 * A logical volume of LVM; the fields are those of lvs(8).
 *
 * @param lvName the name, without that of its volume group
 * @param lvUuid the UUID, without dashes
 * @param lvAttr the attribute bits
 * @param lvMajor the persistent major number, −1 when there is none
 * @param lvMinor the persistent minor number, −1 when there is none
 * @param lvKernelMajor the major number now, −1 when not active
 * @param lvKernelMinor the minor number now, −1 when not active
 * @param lvSize the size in bytes
 * @param segCount the segments
 * @param origin of a snapshot, what it was taken of
 * @param snapPercent of a snapshot, how full it is
 * @param copyPercent of a mirror, how much is in step
 * @param movePv of a move, the physical volume it leaves
 * @param lvTags the tags, separated by commas
 * @param mirrorLog of a mirror, its log
 * @param modules the kernel modules it needs
 */
@Struct(name = "lvm_lv")
public record LV(
    String lvName,
    @Uuid String lvUuid,
    String lvAttr,
    long lvMajor,
    long lvMinor,
    long lvKernelMajor,
    long lvKernelMinor,
    @Bytes long lvSize,
    long segCount,
    String origin,
    OptionalDouble snapPercent,
    OptionalDouble copyPercent,
    String movePv,
    String lvTags,
    String mirrorLog,
    String modules) {}
