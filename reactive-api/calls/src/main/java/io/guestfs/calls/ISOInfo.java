package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.annotation.UInt32;

/**
 * The head of an ISO 9660 file system, its primary volume descriptor. Texts are without the spaces
 * that fill them; times are in seconds since 1970, −1 when they are not set.
 *
 * @param isoSystemId the system that can act on the first sectors
 * @param isoVolumeId the name of the volume
 * @param isoVolumeSpaceSize the size of the volume in logical blocks
 * @param isoVolumeSetSize the volumes of the set
 * @param isoVolumeSequenceNumber the number of this one of them
 * @param isoLogicalBlockSize the size of a logical block in bytes
 * @param isoVolumeSetId the name of the set
 * @param isoPublisherId who published it
 * @param isoDataPreparerId who prepared the data
 * @param isoApplicationId the program that made it
 * @param isoCopyrightFileId the file with the copyright
 * @param isoAbstractFileId the file with a summary
 * @param isoBibliographicFileId the file with bibliographic data
 * @param isoVolumeCreationT when it was made
 * @param isoVolumeModificationT when it was changed
 * @param isoVolumeExpirationT when it may be taken for out of date
 * @param isoVolumeEffectiveT from when on it may be used
 */
@Struct(name = "isoinfo")
public record ISOInfo(
    String isoSystemId,
    String isoVolumeId,
    @UInt32 long isoVolumeSpaceSize,
    @UInt32 long isoVolumeSetSize,
    @UInt32 long isoVolumeSequenceNumber,
    @UInt32 long isoLogicalBlockSize,
    String isoVolumeSetId,
    String isoPublisherId,
    String isoDataPreparerId,
    String isoApplicationId,
    String isoCopyrightFileId,
    String isoAbstractFileId,
    String isoBibliographicFileId,
    long isoVolumeCreationT,
    long isoVolumeModificationT,
    long isoVolumeExpirationT,
    long isoVolumeEffectiveT) {}
