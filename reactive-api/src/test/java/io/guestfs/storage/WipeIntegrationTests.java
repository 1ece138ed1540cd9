package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Free space is looked for in the device below, where files that are removed leave their bytes. */
@ExtendWith(StorageMachine.class)
@Timeout(300)
class WipeIntegrationTests {
  private static final String SECRET = "a secret that must not stay";
  private static final int LEFT_AT_THE_END = 100_000;

  private final Guestfs g;

  WipeIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void zeroDeviceReachesTheEnd() {
    long size = get(g.blockdevGetsize64("/dev/sdc"));
    await(
        g.uploadOffset(
            Mono.just(StandardCharsets.UTF_8.encode(SECRET)), "/dev/sdc", size - LEFT_AT_THE_END));
    assertThat(contains("/dev/sdc", SECRET)).isTrue();

    await(g.zeroDevice("/dev/sdc"));

    assertThat(isZero("/dev/sdc")).isTrue();
    assertFails("ENOENT", g.zeroDevice("/dev/sdz"));
  }

  @Test
  void zeroDeviceOfAVolume() {
    await(g.pvcreate("/dev/sdb"));
    await(g.vgcreate("VG", List.of("/dev/sdb")));
    await(g.lvcreate("LV", "VG", 8));
    await(g.mkfs("ext2", "/dev/VG/LV"));

    await(g.zeroDevice("/dev/VG/LV"));

    assertThat(get(g.vfsType("/dev/VG/LV"))).isEmpty();
    assertThat(isZero("/dev/VG/LV")).isTrue();
    assertThat(list(g.lvs())).containsExactly("/dev/VG/LV");
  }

  @Test
  void scrubDeviceLeavesNothing() {
    await(g.mkfs("ext2", "/dev/sdc"));
    await(g.mount("/dev/sdc", "/"));
    await(g.write("/file", SECRET.getBytes(StandardCharsets.UTF_8)));
    await(g.umount("/"));
    assertThat(contains("/dev/sdc", SECRET)).isTrue();

    await(g.scrubDevice("/dev/sdc"));

    assertThat(contains("/dev/sdc", SECRET)).isFalse();
    assertThat(isZero("/dev/sdc")).isFalse();
    assertThat(get(g.vfsType("/dev/sdc"))).isEmpty();
  }

  @Test
  void zeroFreeSpaceLeavesFilesAlone() {
    makeAndRemoveASecret("ext2");

    await(g.zeroFreeSpace("/directory"));

    assertThat(list(g.find("/directory"))).containsExactly("kept");
    assertThat(get(g.cat("/directory/kept"))).isEqualTo("kept");
    assertThat(get(g.statvfs("/")).bfree()).isPositive();
    await(g.umount("/"));
    assertThat(contains("/dev/sdc", SECRET)).isFalse();
  }

  @Test
  void scrubFreespaceLeavesFilesAlone() {
    makeAndRemoveASecret("vfat");

    await(g.scrubFreespace("/scrub"));

    assertThat(get(g.exists("/scrub"))).isFalse();
    assertThat(get(g.cat("/directory/kept"))).isEqualTo("kept");
    await(g.umount("/"));
    assertThat(contains("/dev/sdc", SECRET)).isFalse();
  }

  private void makeAndRemoveASecret(String fstype) {
    await(g.mkfs(fstype, "/dev/sdc"));
    await(g.mount("/dev/sdc", "/"));
    await(g.mkdir("/directory"));
    await(g.write("/directory/kept", "kept".getBytes(StandardCharsets.UTF_8)));
    await(g.write("/file", SECRET.getBytes(StandardCharsets.UTF_8)));
    await(g.sync());
    await(g.rm("/file"));
    await(g.sync());
    assertThat(contains("/dev/sdc", SECRET)).isTrue();
  }

  private boolean isZero(String device) {
    return get(
        g.download(device).all(piece -> piece.equals(ByteBuffer.allocate(piece.remaining()))));
  }

  /** Within pieces, which are far larger than what is looked for, and aligned. */
  private boolean contains(String device, String text) {
    Flux<String> pieces =
        g.download(device).map(piece -> StandardCharsets.ISO_8859_1.decode(piece).toString());
    return Objects.requireNonNull(await(pieces.any(piece -> piece.contains(text))));
  }
}
