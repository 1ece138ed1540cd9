package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class DeviceIntegrationTests {
  private static final long SEED = 1;

  private final Guestfs g;

  DeviceIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void listsTheDisksThatWereAdded() {
    assertThat(list(g.listDevices())).isEqualTo(StorageMachine.DISKS);
    assertThat(list(g.listPartitions())).isEmpty();
  }

  @Test
  void knowsSizes() {
    await(g.partDisk("/dev/sdb", "mbr"));

    assertThat(get(g.blockdevGetsize64("/dev/sda")))
        .isEqualTo(StorageMachine.SDA_MEGABYTES * 1024L * 1024L);
    // Less 128 sectors at the start and 127 at the end, since the last one is -128.
    assertThat(get(g.blockdevGetsize64("/dev/sdb1")))
        .isEqualTo((StorageMachine.SDB_MEGABYTES * 2048L - 128 - 127) * 512);
  }

  @Test
  void zeroRemovesAPartitionTableAndItsPartitions() {
    await(g.partDisk("/dev/sdc", "mbr"));
    assertThat(list(g.listPartitions())).containsExactly("/dev/sdc1");

    await(g.zero("/dev/sdc"));

    assertThat(list(g.listPartitions())).isEmpty();
    assertFails("EINVAL", g.partList("/dev/sdc")).hasMessageContaining("no partition table");
  }

  @Test
  void zeroRemovesAFileSystem() {
    await(g.mkfs("btrfs", "/dev/sdb"));
    assertThat(get(g.vfsType("/dev/sdb"))).isEqualTo("btrfs");

    await(g.zero("/dev/sdb"));

    assertThat(get(g.vfsType("/dev/sdb"))).isEmpty();
  }

  @Test
  void checksumsAWholeDevice() throws NoSuchAlgorithmException {
    await(g.partInit("/dev/sdc", "gpt"));
    await(g.partAdd("/dev/sdc", "p", 2048, 4095));
    byte[] megabyte = new byte[1024 * 1024];
    new Random(SEED).nextBytes(megabyte);
    await(g.upload(Flux.just(ByteBuffer.wrap(megabyte)), "/dev/sdc1"));
    String expected =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(megabyte));

    assertThat(get(g.checksumDevice("sha256", "/dev/sdc1"))).isEqualTo(expected);
    assertThat(get(g.checksumDevice("md5", "/dev/sdc1"))).hasSize(32);
    assertFails("EINVAL", g.checksumDevice("sha0", "/dev/sdc1")).hasMessageContaining("sha0");
  }

  @Test
  void aDeviceHasToBeThere() {
    assertFails("ENOENT", g.blockdevGetsize64("/dev/sdz")).hasMessageContaining("/dev/sdz");
    assertFails("ENOENT", g.zero("/dev/sda1")).hasMessageContaining("/dev/sda1");
    assertFails("ENOENT", g.vfsType("/dev/VG/LV")).hasMessageContaining("/dev/VG/LV");
    assertFails("ENOTBLK", g.blockdevGetsize64("/dev/null")).hasMessageContaining("/dev/null");
  }
}
