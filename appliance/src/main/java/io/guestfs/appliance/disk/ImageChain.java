package io.guestfs.appliance.disk;

import io.guestfs.appliance.DiskFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A local image with every file that belongs to it, as looked up by us: qemu is told all of them
 * and looks up none.
 *
 * @param path the image, absolute
 * @param blockDevice whether it is a block device rather than a file
 * @param format its format
 * @param dataFile where a qcow2 image keeps its data when not in itself
 * @param backing the image below it
 */
record ImageChain(
    Path path,
    boolean blockDevice,
    DiskFormat format,
    @Nullable Path dataFile,
    @Nullable ImageChain backing) {}
