package io.guestfs.appliance.disk;

import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.host.HostUser.Access;
import io.guestfs.appliance.host.HostUser.Need;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
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
    @Nullable ImageChain backing) {

  /** What must be allowed to whoever opens all this; only the top is ever written to. */
  Stream<Need> needs(boolean writable) {
    Stream<Need> own =
        Stream.of(path, dataFile)
            .filter(Objects::nonNull)
            .flatMap(
                file ->
                    Stream.of(new Need(Access.READ, file), new Need(Access.WRITE, file))
                        .limit(writable ? 2 : 1));
    return backing == null ? own : Stream.concat(own, backing.needs(false));
  }
}
