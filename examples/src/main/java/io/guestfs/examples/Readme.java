package io.guestfs.examples;

import io.guestfs.Guestfs;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.Size;
import io.guestfs.typed.DiskAccess;
import io.guestfs.typed.FilesystemType;
import io.guestfs.typed.PartitionTableType;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The programs of the project's README; a test compares them. */
public final class Readme {

  private Readme() {}

  /** Takes an image with a file system on its first partition. */
  public static void main(String[] arguments) {
    largest(Path.of(arguments[0])).doOnNext(System.out::println).blockLast();
  }

  static Flux<String> largest(Path image) {
    // README begins
    record Entry(String path, StatNS stat) {}

    Flux<String> largest =
        Guestfs.builder()
            .addDriveRo(image)
            .using(
                g ->
                    g.mountRo("/dev/sda1", "/")
                        .thenMany(g.find("/"))
                        .concatMap(path -> g.lstatns("/" + path).map(s -> new Entry(path, s)))
                        .sort((a, b) -> Long.compare(b.stat().stSize(), a.stat().stSize()))
                        .take(10)
                        .map(entry -> entry.stat().stSize() + " " + entry.path()));
    // README ends
    return largest;
  }

  static Mono<Device> volume(Path image) {
    // README begins
    Device disk = new Device("/dev/sda");
    Device partition = new Device("/dev/sda1");

    Mono<Device> volume =
        DiskAccess.toWritable(image, DiskFormat.RAW)
            .usingMono(
                g ->
                    g.partDisk(disk, PartitionTableType.GPT)
                        .then(g.pvcreate(partition))
                        .then(g.vgcreate("guest", List.of(partition)))
                        .then(g.lvcreate("data", "guest", Size.ofMebibytes(100)))
                        .flatMap(lv -> g.mkfs(FilesystemType.EXT4, lv).thenReturn(lv)));
    // README ends
    return volume;
  }
}
