package io.guestfs.calls;

import io.guestfs.protocol.annotation.Bytes;
import io.guestfs.protocol.annotation.Struct;

/**
 * A partition of a disk.
 *
 * @param partNum its number, from 1
 * @param partStart where its first byte is on the disk
 * @param partEnd where its last byte is
 * @param partSize its size in bytes
 */
@Struct(name = "partition")
public record Partition(
    int partNum, @Bytes long partStart, @Bytes long partEnd, @Bytes long partSize) {}
