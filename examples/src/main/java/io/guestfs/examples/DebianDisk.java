package io.guestfs.examples;

import io.guestfs.Guestfs;
import io.guestfs.HostFiles;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.disk.DiskImages;
import io.guestfs.calls.MkfsOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Mono;

/** Makes a disk as an installer would: GPT, a partition for /boot, LVM on the other, ext4. */
final class DebianDisk {

  private static final long SIZE_BYTES = 2L << 30;

  /** In sectors of 512 bytes: partitions begin at a mebibyte, and /boot has 256 of them. */
  private static final long BOOT_START = 2048;

  private static final long BOOT_END = BOOT_START + (256 << 11) - 1;

  /** The backup of the table takes the last 33 sectors of the disk. */
  private static final long LAST = -34;

  private static final int ROOT_MEGABYTES = 1536;
  private static final String BOOT = "/dev/sda1";
  private static final String ROOT = "/dev/debian/root";

  private DebianDisk() {}

  static Mono<Void> make(Path image, Path rootfs) {
    Drive drive = Drive.local(image).format(DiskFormat.QCOW2).build();
    return DiskImages.create(image, DiskFormat.QCOW2, SIZE_BYTES)
        .doOnSubscribe(s -> Steps.say("Making a disk of %d GiB: %s", SIZE_BYTES >> 30, image))
        .then(
            Guestfs.builder()
                .addDrive(drive)
                .usingMono(g -> partition(g).then(format(g)).then(fill(g, rootfs))));
  }

  private static Mono<Void> partition(Guestfs g) {
    return step("Partitions and logical volumes")
        .then(g.partInit("/dev/sda", "gpt"))
        .then(g.partAdd("/dev/sda", "p", BOOT_START, BOOT_END))
        .then(g.partAdd("/dev/sda", "p", BOOT_END + 1, LAST))
        .then(g.pvcreate("/dev/sda2"))
        .then(g.vgcreate("debian", List.of("/dev/sda2")))
        .then(g.lvcreate("root", "debian", ROOT_MEGABYTES));
  }

  private static Mono<Void> format(Guestfs g) {
    return step("File systems")
        .then(g.mkfs("ext4", BOOT, MkfsOptions.defaults().label("boot")))
        .then(g.mkfs("ext4", ROOT, MkfsOptions.defaults().label("root")))
        .then(g.mount(ROOT, "/"))
        .then(g.mkdir("/boot"))
        .then(g.mount(BOOT, "/boot"));
  }

  private static Mono<Void> fill(Guestfs g, Path rootfs) {
    return step("A Debian system")
        .then(g.tarIn(HostFiles.read(rootfs).doOnNext(Steps.counter("unpacked")), "/"))
        .then(fstab(g))
        .flatMap(fstab -> g.write("/etc/fstab", fstab.getBytes(StandardCharsets.UTF_8)));
  }

  private static Mono<String> fstab(Guestfs g) {
    return g.vfsUuid(BOOT)
        .map(
            boot ->
                ROOT
                    + " / ext4 errors=remount-ro 0 1\nUUID="
                    + boot
                    + " /boot ext4 defaults 0 2\n");
  }

  private static Mono<Void> step(String what) {
    return Mono.fromRunnable(() -> Steps.say("  %s …", what));
  }
}
