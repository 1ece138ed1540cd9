package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.bytes;
import static io.guestfs.storage.StorageMachine.count;
import static io.guestfs.storage.StorageMachine.get;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.FstrimOptions;
import io.guestfs.calls.SyslinuxOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be done to file systems of several types. */
@ExtendWith(StorageMachine.class)
@Timeout(300)
class FilesystemIntegrationTests {
  private static final String UUID = "5e7a9c31-2b4d-4f60-8c1e-9d3b7a6f0e24";
  private static final String DEVICE = "/dev/sda1";
  private static final long MEGABYTE = 1024L * 1024L;

  private final Guestfs g;

  FilesystemIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @BeforeEach
  void makePartition() {
    await(g.partDisk("/dev/sda", "mbr"));
  }

  @ParameterizedTest
  @CsvSource({
    "ext2, sixteen bytes it, true",
    "ext4, sixteen bytes it, true",
    "xfs, twelve_bytes, true",
    "btrfs, a label of btrfs, true",
    "vfat, ELEVEN BYTE, false",
    "ntfs, a label of ntfs, false",
    "swap, fifteen bytes i, true"
  })
  void aLabelAndAUuidAreSet(String type, String label, boolean hasUuid) {
    make(type);

    await(g.setLabel(DEVICE, label));
    assertThat(get(g.vfsLabel(DEVICE))).isEqualTo(label);
    await(g.setLabel(DEVICE, ""));
    assertThat(get(g.vfsLabel(DEVICE))).isEmpty();
    assertFails("EINVAL", g.setLabel(DEVICE, "x".repeat(257))).hasMessageContaining("257 bytes");
    if (hasUuid) {
      aUuidIsSet(type);
    }
  }

  private void aUuidIsSet(String type) {
    await(g.setUuid(DEVICE, UUID));
    assertThat(get(g.vfsUuid(DEVICE))).isEqualTo(UUID);
    await(g.setUuidRandom(DEVICE));
    assertThat(get(g.vfsUuid(DEVICE))).isNotEqualTo(UUID).hasSize(36);
    assertFails(type.equals("swap") ? "EINVAL" : "", g.setUuid(DEVICE, "rubbish"));
    if (!type.equals("swap")) {
      await(g.mount(DEVICE, "/"));
      await(g.touch("/file"));
    }
  }

  /** Using it makes changing all its checksums harder. */
  @Test
  void theUuidOfAnExtThatWasUsedIsSet() {
    make("ext4");
    await(g.mount(DEVICE, "/"));
    await(g.touch("/file"));
    await(g.umountAll());

    await(g.setUuid(DEVICE, UUID));

    await(g.mount(DEVICE, "/"));
    assertThat(get(g.exists("/file"))).isTrue();
    assertThat(get(g.vfsUuid(DEVICE))).isEqualTo(UUID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"minix", ""})
  void whatHasNoNamesIsNotServed(String type) {
    await(g.zero(DEVICE));
    if (!type.isEmpty()) {
      await(g.mkfs(type, "/dev/sdc"));
    }

    assertFails("ENOTSUP", g.setLabel("/dev/sdc", "label"));
    assertFails("ENOTSUP", g.setUuid("/dev/sdc", UUID));
    assertFails("ENOTSUP", g.setUuidRandom("/dev/sdc"));
    assertFails("ENOTSUP", g.vfsMinimumSize("/dev/sdc"));
  }

  @Test
  void xfsTakesNoLabelWithBlanks() {
    make("xfs");

    assertFails("EINVAL", g.setLabel(DEVICE, "a b")).hasMessageContaining("a b");
    assertFails("", g.setUuid(DEVICE, "';reboot;'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "ntfs", "btrfs"})
  void theSmallestSizeIsLessThanAll(String type) {
    make(type);

    long size = get(g.vfsMinimumSize(DEVICE));

    assertThat(size).isBetween(MEGABYTE, StorageMachine.SDA_MEGABYTES * MEGABYTE - 1);
    if (!type.equals("ntfs")) {
      await(g.mount(DEVICE, "/"));
      assertThat(get(g.vfsMinimumSize(DEVICE))).isPositive();
    }
  }

  @Test
  void xfsCannotBecomeSmaller() {
    make("xfs");
    long device = get(g.blockdevGetsize64(DEVICE));

    assertThat(get(g.vfsMinimumSize(DEVICE))).isBetween(device - 65536, device);
    await(g.mount(DEVICE, "/"));
    assertThat(get(g.vfsMinimumSize(DEVICE))).isBetween(device - 65536, device);
  }

  @Test
  @SuppressWarnings("deprecation")
  void mkfsBTakesASizeOfBlocks() {
    await(g.mkfsB("ext2", 1024, DEVICE));
    assertThat(get(g.tune2fsL(DEVICE))).containsEntry("Block size", "1024");
    await(g.partInit("/dev/sda", "mbr"));
    await(g.partAdd("/dev/sda", "p", 64, 204799));
    await(g.mkfsB("vfat", 32768, DEVICE));
    await(g.mkfsB("ntfs", 32768, DEVICE));
    assertFails("EINVAL", g.mkfsB("vfat", 32769, DEVICE));
    assertFails("EINVAL", g.mkfsB("vfat", 33280, DEVICE));
  }

  @Test
  void fstrimGivesBackWhatIsFree() {
    await(g.partInit("/dev/sdb", "mbr"));
    await(g.partAdd("/dev/sdb", "p", 2048, 2048 + 32 * 2048 - 1));
    await(g.mkfs("ext2", "/dev/sdb1"));
    await(g.mount("/dev/sdb1", "/"));
    await(g.fillPattern("abcdefgh", (int) (8 * MEGABYTE), "/removed"));
    await(g.sync());
    await(g.rm("/removed"));

    await(g.fstrim("/"));

    await(g.umountAll());
    assertThat(count(g, "/dev/sdb1", 'c')).isLessThan(1024);
    await(g.mount("/dev/sdb1", "/"));
    FstrimOptions options = FstrimOptions.defaults();
    await(g.fstrim("/", options.offset(MEGABYTE).length(MEGABYTE).minimumfreeextent(4096)));
    assertFails("EINVAL", g.fstrim("/", options.offset(-1))).hasMessageContaining("offset -1");
    assertFails("ENOENT", g.fstrim("/nowhere"));
  }

  @Test
  void fstrimNeedsAFileSystemThatDoesIt() {
    await(g.mkfs("minix", "/dev/sdc"));
    await(g.mount("/dev/sdc", "/"));

    assertFails("ENOTSUP", g.fstrim("/"));
  }

  @Test
  void f2fsGrowsToItsDevice() {
    await(g.lvmRemoveAll());
    await(g.partInit("/dev/sda", "gpt"));
    await(g.partAdd("/dev/sda", "p", 2048, 2048 + 100 * 2048 - 1));
    make("f2fs");
    long before = blocks();
    await(g.partInit("/dev/sda", "gpt"));
    await(g.partAdd("/dev/sda", "p", 2048, 2048 + 300 * 2048 - 1));

    await(g.f2fsExpand(DEVICE));

    assertThat(blocks()).isGreaterThan(2 * before);
    assertFails("", g.f2fsExpand("/dev/sdb")).hasMessageContaining("resize.f2fs: ");
  }

  private long blocks() {
    await(g.mount(DEVICE, "/"));
    long blocks = get(g.statvfs("/")).blocks();
    await(g.umountAll());
    return blocks;
  }

  @Test
  void extlinuxIsInstalled() {
    make("ext2");
    await(g.mount(DEVICE, "/"));
    await(g.mkdirP("/boot/ext linux"));

    await(g.extlinux("/boot/ext linux"));

    assertThat(get(g.isFile("/boot/ext linux/ldlinux.sys"))).isTrue();
    assertThat(bootSector(DEVICE)).contains("SYSLINUX");
    assertFails("ENOENT", g.extlinux("/nowhere"));
  }

  @Test
  void extlinuxFollowsNoLinkOfTheGuest() {
    make("ext2");
    await(g.mount(DEVICE, "/"));
    await(g.mkdir("/boot"));
    await(g.lnS("/run/pwned", "/boot/ldlinux.c32"));

    assertFails("EINVAL", g.extlinux("/boot")).hasMessageContaining("ldlinux.c32");
  }

  @Test
  void syslinuxIsInstalled() {
    make("vfat");
    await(g.mount(DEVICE, "/"));
    await(g.mkdir("/boot"));
    await(g.umountAll());

    await(g.syslinux(DEVICE));
    assertThat(bootSector(DEVICE)).contains("SYSLINUX");
    await(g.syslinux(DEVICE, SyslinuxOptions.defaults().directory("/boot")));

    await(g.mount(DEVICE, "/"));
    assertThat(get(g.exists("/boot/ldlinux.sys"))).isTrue();
    assertFails("", g.syslinux("/dev/sdb"));
  }

  private String bootSector(String device) {
    return new String(bytes(g.downloadOffset(device, 0, 512)), US_ASCII);
  }

  private void make(String type) {
    await(type.equals("swap") ? g.mkswap(DEVICE) : g.mkfs(type, DEVICE));
  }
}
