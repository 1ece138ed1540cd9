package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.Partition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class PartitionIntegrationTests {
  private static final long SECTOR = 512;
  private static final long SECTORS = StorageMachine.SDA_MEGABYTES * 2048L;

  private final Guestfs g;

  PartitionIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @ParameterizedTest
  @CsvSource({"mbr, msdos", "msdos, msdos", "gpt, gpt", "efi, gpt"})
  void onePartitionOverTheWholeDisk(String parttype, String canonical) {
    await(g.partDisk("/dev/sda", parttype));

    assertThat(get(g.partGetParttype("/dev/sda"))).isEqualTo(canonical);
    assertThat(list(g.partList("/dev/sda"))).containsExactly(partition(1, 128, SECTORS - 128));
    assertThat(list(g.listPartitions())).containsExactly("/dev/sda1");
    // The node is there, and a file system fits on it.
    await(g.mkfs("ext2", "/dev/sda1"));
  }

  @Test
  void anEmptyTableHasNoPartitions() {
    await(g.partInit("/dev/sda", "gpt"));

    assertThat(list(g.partList("/dev/sda"))).isEmpty();
    assertThat(list(g.listPartitions())).isEmpty();
  }

  @Test
  void partitionsMayTouch() {
    await(g.partInit("/dev/sda", "mbr"));
    await(g.partAdd("/dev/sda", "p", 32, 127));
    await(g.partAdd("/dev/sda", "p", 128, 255));
    await(g.partAdd("/dev/sda", "primary", 256, 511));
    await(g.partAdd("/dev/sda", "primary", 512, -1));

    assertThat(list(g.partList("/dev/sda")))
        .containsExactly(
            partition(1, 32, 127),
            partition(2, 128, 255),
            partition(3, 256, 511),
            partition(4, 512, SECTORS - 1));
    assertThat(list(g.listPartitions()))
        .containsExactly("/dev/sda1", "/dev/sda2", "/dev/sda3", "/dev/sda4");
  }

  @Test
  void aGptLeavesRoomForItsCopy() {
    await(g.partInit("/dev/sda", "gpt"));
    await(g.partAdd("/dev/sda", "p", 34, 127));
    await(g.partAdd("/dev/sda", "p", 128, -34));

    assertThat(list(g.partList("/dev/sda")))
        .containsExactly(partition(1, 34, 127), partition(2, 128, SECTORS - 34));
    assertFails("", g.partAdd("/dev/sda", "p", 128, -34)).hasMessageContaining("parted");
  }

  @Test
  void logicalPartitionsCountFromFive() {
    await(g.partInit("/dev/sda", "mbr"));
    await(g.partAdd("/dev/sda", "e", 2048, -1));
    await(g.partAdd("/dev/sda", "l", 4096, 8191));
    await(g.partAdd("/dev/sda", "logical", 10240, 20479));

    assertThat(list(g.partList("/dev/sda")))
        .containsExactly(
            partition(1, 2048, SECTORS - 1), partition(5, 4096, 8191), partition(6, 10240, 20479));
    assertThat(list(g.listPartitions())).containsExactly("/dev/sda1", "/dev/sda5", "/dev/sda6");
    assertThat(get(g.listFilesystems()))
        .containsEntry("/dev/sda5", "unknown")
        .containsKey("/dev/sda6")
        .doesNotContainKey("/dev/sda1");
  }

  @Test
  void morePartitionsThanDigits() {
    await(g.partInit("/dev/sda", "gpt"));
    for (int i = 0; i < 11; i++) {
      await(g.partAdd("/dev/sda", "p", 2048L * (i + 1), 2048L * (i + 2) - 1));
    }

    assertThat(list(g.listPartitions()))
        .startsWith("/dev/sda1", "/dev/sda2", "/dev/sda3")
        .endsWith("/dev/sda9", "/dev/sda10", "/dev/sda11");
  }

  @Test
  void aNewTableRemovesThePartitions() {
    await(g.partDisk("/dev/sda", "mbr"));
    await(g.partInit("/dev/sda", "gpt"));

    assertThat(list(g.listPartitions())).isEmpty();
  }

  @Test
  void aMountedPartitionKeepsItsTable() {
    await(g.partDisk("/dev/sda", "mbr"));
    await(g.mkfs("ext2", "/dev/sda1"));
    await(g.mount("/dev/sda1", "/"));

    assertFails("", g.partInit("/dev/sda", "gpt")).hasMessageContaining("being used");
    assertThat(get(g.partGetParttype("/dev/sda"))).isEqualTo("msdos");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MBR", "ntfs", "--help", "gpt\n"})
  void otherKindsOfTablesAreRefused(String parttype) {
    assertFails("EINVAL", g.partInit("/dev/sda", parttype)).hasMessageContaining("gpt and mbr");
    assertFails("EINVAL", g.partDisk("/dev/sda", parttype)).hasMessageContaining("gpt and mbr");
  }

  @Test
  void otherKindsOfPartitionsAreRefused() {
    await(g.partInit("/dev/sda", "gpt"));

    assertFails("EINVAL", g.partAdd("/dev/sda", "x", 128, -128)).hasMessageContaining("'x'");
    assertFails("EINVAL", g.partAdd("/dev/sda", "l", 128, -128)).hasMessageContaining("logical");
    assertFails("EINVAL", g.partAdd("/dev/sda", "e", 128, -128)).hasMessageContaining("extended");
    assertFails("EINVAL", g.partAdd("/dev/sda", "p", -256, -128)).hasMessageContaining("-256");
    assertThat(list(g.partList("/dev/sda"))).isEmpty();
  }

  @Test
  void aDiskWithoutATableSaysSo() {
    assertFails("EINVAL", g.partList("/dev/sda")).hasMessageContaining("no partition table");
    assertFails("EINVAL", g.partGetParttype("/dev/sda")).hasMessageContaining("/dev/sda");

    await(g.mkfs("ext2", "/dev/sda"));

    assertFails("EINVAL", g.partGetParttype("/dev/sda")).hasMessageContaining("file system");
  }

  @Test
  void aPartitionIsRemovedAndFoundAgain() {
    await(g.partDisk("/dev/sdc", "mbr"));
    await(g.mkfs("ext2", "/dev/sdc1"));
    await(g.partDel("/dev/sdc", 1));

    assertThat(list(g.listPartitions())).isEmpty();
    assertFails("", g.partDel("/dev/sdc", 1)).hasMessageContaining("parted");
    assertFails("EINVAL", g.partDel("/dev/sdc", 0)).hasMessageContaining("counted from 1");

    await(g.partAdd("/dev/sdc", "p", 128, -128));
    assertThat(get(g.vfsType("/dev/sdc1"))).isEqualTo("ext2");
  }

  @Test
  void anEndMovesEitherWay() {
    await(g.partInit("/dev/sda", "mbr"));
    await(g.partAdd("/dev/sda", "p", 2048, 8191));

    await(g.partResize("/dev/sda", 1, -1));
    assertThat(list(g.partList("/dev/sda"))).containsExactly(partition(1, 2048, SECTORS - 1));
    await(g.partResize("/dev/sda", 1, 4095));
    assertThat(list(g.partList("/dev/sda"))).containsExactly(partition(1, 2048, 4095));
    assertThat(get(g.blockdevGetsize64("/dev/sda1"))).isEqualTo(2048 * SECTOR);

    await(g.partAdd("/dev/sda", "p", 8192, 16383));
    assertFails("", g.partResize("/dev/sda", 1, 9000)).hasMessageContaining("parted");
    assertFails("", g.partResize("/dev/sda", 3, 9000)).hasMessageContaining("parted");
    assertThat(list(g.partList("/dev/sda"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mbr", "gpt"})
  void oneToBootFrom(String parttype) {
    await(g.partDisk("/dev/sda", parttype));
    assertThat(get(g.partGetBootable("/dev/sda", 1))).isFalse();

    await(g.partSetBootable("/dev/sda", 1, true));
    assertThat(get(g.partGetBootable("/dev/sda", 1))).isTrue();
    await(g.partSetBootable("/dev/sda", 1, false));
    assertThat(get(g.partGetBootable("/dev/sda", 1))).isFalse();
    assertFails("EINVAL", g.partGetBootable("/dev/sda", 2)).hasMessageContaining("partition 2");
    assertFails("", g.partSetBootable("/dev/sda", 2, true));
  }

  @Test
  void theByteOfAnMbr() {
    await(g.partDisk("/dev/sda", "mbr"));
    assertThat(get(g.partGetMbrId("/dev/sda", 1))).isEqualTo(0x83);

    await(g.partSetMbrId("/dev/sda", 1, 0x7));
    assertThat(get(g.partGetMbrId("/dev/sda", 1))).isEqualTo(0x7);
    assertFails("EINVAL", g.partSetMbrId("/dev/sda", 1, 256)).hasMessageContaining("256");
    assertFails("EINVAL", g.partSetMbrId("/dev/sda", 1, 0));
    assertFails("", g.partGetMbrId("/dev/sda", 2)).hasMessageContaining("partition 2");

    await(g.partDisk("/dev/sda", "gpt"));
    assertFails("EINVAL", g.partGetMbrId("/dev/sda", 1)).hasMessageContaining("MBR");
    assertFails("EINVAL", g.partSetMbrId("/dev/sda", 1, 0x83)).hasMessageContaining("MBR");
    assertThat(get(g.partGetMbrPartType("/dev/sda", 1))).isEqualTo("primary");
  }

  @Test
  void primaryExtendedAndLogical() {
    await(g.partInit("/dev/sda", "mbr"));
    await(g.partAdd("/dev/sda", "p", 64, 204799));
    await(g.partAdd("/dev/sda", "e", 204800, 614400));
    await(g.partAdd("/dev/sda", "l", 204864, 205988));

    assertThat(get(g.partGetMbrPartType("/dev/sda", 1))).isEqualTo("primary");
    assertThat(get(g.partGetMbrPartType("/dev/sda", 2))).isEqualTo("extended");
    assertThat(get(g.partGetMbrPartType("/dev/sda", 5))).isEqualTo("logical");
    assertFails("EINVAL", g.partGetMbrPartType("/dev/sda", 3)).hasMessageContaining("3");
  }

  private static Partition partition(int number, long first, long last) {
    return new Partition(
        number, first * SECTOR, (last + 1) * SECTOR - 1, (last - first + 1) * SECTOR);
  }
}
