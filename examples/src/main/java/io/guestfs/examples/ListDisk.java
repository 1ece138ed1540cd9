package io.guestfs.examples;

import io.guestfs.Guestfs;
import io.guestfs.calls.Partition;
import java.nio.file.Path;
import reactor.core.publisher.Flux;

/** Lists what is on a disk: partitions, logical volumes, file systems. */
public final class ListDisk {

  private ListDisk() {}

  /** Takes the path of an image, in any format that qemu reads. */
  public static void main(String[] arguments) {
    list(Path.of(arguments[0])).doOnNext(System.out::println).blockLast();
  }

  static Flux<String> list(Path image) {
    return Guestfs.builder()
        .addDriveRo(image)
        .using(
            g ->
                Flux.concat(
                    g.listDevices().concatMap(device -> partitions(g, device)),
                    g.lvs().map(lv -> "logical volume " + lv),
                    g.listFilesystems()
                        .flatMapIterable(types -> types.entrySet())
                        .map(entry -> "file system " + entry.getKey() + ": " + entry.getValue())));
  }

  /** A disk without a partition table has no partitions to list. */
  private static Flux<String> partitions(Guestfs g, String device) {
    return g.partList(device)
        .map(partition -> describe(device, partition))
        .onErrorResume(error -> Flux.just(device + ": no partition table"));
  }

  private static String describe(String device, Partition partition) {
    return "partition %s%d: %d MiB"
        .formatted(device, partition.partNum(), partition.partSize() >> 20);
  }
}
