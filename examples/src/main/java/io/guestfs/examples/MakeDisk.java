package io.guestfs.examples;

import io.guestfs.Guestfs;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.disk.DiskImages;
import io.guestfs.calls.MkfsOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** Makes a disk with a partition, a file system, and a file in it. */
public final class MakeDisk {

  private static final long SIZE_BYTES = 256L << 20;

  private MakeDisk() {}

  /** Takes the path of the image, which must not be there yet. */
  public static void main(String[] arguments) {
    make(Path.of(arguments[0])).block();
  }

  static Mono<Void> make(Path image) {
    byte[] greeting = "Hello from the host.\n".getBytes(StandardCharsets.UTF_8);
    return DiskImages.create(image, DiskFormat.QCOW2, SIZE_BYTES)
        .then(
            Guestfs.builder()
                .addDrive(image)
                .usingMono(
                    g ->
                        g.partDisk("/dev/sda", "gpt")
                            .then(g.mkfs("ext4", "/dev/sda1", MkfsOptions.defaults().label("data")))
                            .then(g.mount("/dev/sda1", "/"))
                            .then(g.write("/greeting.txt", greeting))));
  }
}
