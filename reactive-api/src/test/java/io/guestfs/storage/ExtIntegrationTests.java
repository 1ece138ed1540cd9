package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.count;
import static io.guestfs.storage.StorageMachine.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.E2fsckOptions;
import io.guestfs.calls.Mke2fsOptions;
import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.Tune2fsOptions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class ExtIntegrationTests {
  private static final String DEVICE = "/dev/sdc";
  private static final long DEVICE_SIZE = StorageMachine.SDC_MEGABYTES * 1024L * 1024L;
  private static final String UUID = "5e7a9c31-2b4d-4f60-8c1e-9d3b7a6f0e24";

  /** In the descriptor of the first group, where blocks have 1024 bytes. */
  private static final long FREE_BLOCKS = 2048 + 12;

  private final Guestfs g;

  ExtIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void listsAndChangesTheSuperblock() {
    await(g.mkfs("ext2", DEVICE));
    await(
        g.tune2fs(
            DEVICE,
            Tune2fsOptions.defaults()
                .force(false)
                .maxmountcount(0)
                .intervalbetweenchecks(86_400)
                .errorbehavior("panic")
                .group(1)
                .user(2)
                .lastmounteddirectory("/a b")));

    Map<String, String> superblock = get(g.tune2fsL(DEVICE));

    assertThat(superblock)
        .containsEntry("Filesystem magic number", "0xEF53")
        .containsEntry("Filesystem OS type", "Linux")
        .containsEntry("Filesystem volume name", "")
        .containsEntry("Maximum mount count", "-1")
        .containsEntry("Check interval", "86400 (1 day)")
        .containsEntry("Errors behavior", "Panic")
        .containsEntry("Last mounted on", "/a b");
    assertThat(superblock.get("Reserved blocks uid")).startsWith("2 ");
    assertThat(superblock.get("Reserved blocks gid")).startsWith("1 ");

    await(g.tune2fs(DEVICE, Tune2fsOptions.defaults().intervalbetweenchecks(0)));
    assertThat(get(g.tune2fsL(DEVICE))).containsEntry("Check interval", "0 (<none>)");
    await(g.tune2fs(DEVICE));
    assertFails("EINVAL", g.tune2fs(DEVICE, Tune2fsOptions.defaults().errorbehavior("ignore")));
    assertFails("EINVAL", g.tune2fs(DEVICE, Tune2fsOptions.defaults().mountcount(-1)));
    assertFails("", g.tune2fsL("/dev/sdb")).hasMessageContaining("tune2fs: ");
  }

  @Test
  void checksAndCorrects() {
    await(g.mkfs("ext2", DEVICE, MkfsOptions.defaults().blocksize(1024)));
    await(g.e2fsck(DEVICE));
    await(write(FREE_BLOCKS, (byte) 1, 2));

    assertFails("", g.e2fsck(DEVICE)).hasMessageContaining("Free blocks count wrong");
    assertFails("", g.e2fsck(DEVICE, E2fsckOptions.defaults().forceno(true)));
    await(g.e2fsck(DEVICE, E2fsckOptions.defaults().correct(true)));
    await(g.e2fsck(DEVICE, E2fsckOptions.defaults().forceno(true)));
    assertFails("EINVAL", g.e2fsck(DEVICE, E2fsckOptions.defaults().correct(true).forceall(true)));
  }

  @Test
  @SuppressWarnings("deprecation")
  void whatCannotBeCorrectedSafelyIsLeft() {
    await(g.mkfs("ext2", DEVICE, MkfsOptions.defaults().blocksize(4096)));
    // The descriptor of the only group, its bitmaps, and some of its inodes.
    await(write(4096, (byte) 0xaa, 64 * 1024));

    assertFails("", g.e2fsckF(DEVICE)).hasMessageContaining("UNEXPECTED INCONSISTENCY");
    await(g.e2fsck(DEVICE, E2fsckOptions.defaults().forceall(true)));
    await(g.e2fsckF(DEVICE));
  }

  @Test
  void fsckTellsWhatItFound() {
    await(g.mkfs("ext2", DEVICE));

    assertThat(get(g.fsck("ext2", DEVICE))).isZero();

    await(write(1024, (byte) 0, 1024));
    assertThat(get(g.fsck("ext2", DEVICE))).isEqualTo(8);
    assertThat(get(g.fsck("nosuchfs", DEVICE))).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext2", "ext4"})
  void becomesSmallerAndLarger(String fstype) {
    await(g.mkfs(fstype, DEVICE));
    assertThat(size()).isEqualTo(DEVICE_SIZE);

    await(g.resize2fsSize(DEVICE, 6 * 1024 * 1024));
    assertThat(size()).isEqualTo(6 * 1024 * 1024);

    long minimum = get(g.vfsMinimumSize(DEVICE));
    assertThat(minimum).isBetween(1024L, 6L * 1024 * 1024);
    await(g.resize2fsM(DEVICE));
    assertThat(size()).isLessThan(6 * 1024 * 1024);

    await(g.mount(DEVICE, "/"));
    assertThat(get(g.vfsMinimumSize(DEVICE))).isPositive();
    await(g.resize2fs(DEVICE));
    assertThat(size()).isEqualTo(DEVICE_SIZE);
    await(g.umountAll());
    await(g.e2fsck(DEVICE));

    assertFails("EINVAL", g.resize2fsSize(DEVICE, 1023)).hasMessageContaining("1023");
    assertFails("EINVAL", g.resize2fsSize(DEVICE, 0));
    assertFails("", g.resize2fsSize(DEVICE, 2 * DEVICE_SIZE)).hasMessageContaining("resize2fs");
  }

  @Test
  @SuppressWarnings("deprecation")
  void theUuidCanBeAWord() {
    await(g.mkfs("ext2", DEVICE));
    await(g.mount(DEVICE, "/"));

    await(g.setE2uuid(DEVICE, UUID));
    assertThat(get(g.getE2uuid(DEVICE))).isEqualTo(UUID);
    await(g.setE2uuid(DEVICE, "clear"));
    assertThat(get(g.getE2uuid(DEVICE))).isEmpty();
    await(g.setE2uuid(DEVICE, "random"));
    await(g.setE2uuid(DEVICE, "time"));
    assertThat(get(g.getE2uuid(DEVICE))).hasSize(36);
    assertFails("", g.setE2uuid(DEVICE, "rubbish"));

    await(g.setE2label(DEVICE, "my label"));
    assertThat(get(g.getE2label(DEVICE))).isEqualTo("my label");
  }

  @Test
  void mke2fsTakesManyOptions() {
    await(
        g.mke2fs(
            DEVICE,
            Mke2fsOptions.defaults()
                .blockscount(4096)
                .blocksize(1024)
                .inodesize(256)
                .numberofinodes(512)
                .reservedblockspercentage(0)
                .label("my label")
                .fstype("ext4")
                .uuid(UUID)
                .lazyitableinit(false)
                .discard(false)
                .hasjournal(false)
                .flexbg(false)));

    assertThat(get(g.tune2fsL(DEVICE)))
        .containsEntry("Block count", "4096")
        .containsEntry("Block size", "1024")
        .containsEntry("Inode size", "256")
        .containsEntry("Inode count", "512")
        .containsEntry("Reserved block count", "0")
        .containsEntry("Filesystem volume name", "my label")
        .containsEntry("Filesystem UUID", UUID)
        .hasEntrySatisfying(
            "Filesystem features",
            features -> assertThat(features).contains("extent").doesNotContain("has_journal"));
    assertFails("EINVAL", g.mke2fs(DEVICE, Mke2fsOptions.defaults().blocksize(-1)));
    assertFails("EINVAL", g.mke2fs(DEVICE, Mke2fsOptions.defaults().label("x".repeat(17))));
    assertFails("ENOENT", g.mke2fs(DEVICE, Mke2fsOptions.defaults().journaldevice("/dev/nothing")));
    await(g.mke2fs(DEVICE));
    assertThat(get(g.vfsType(DEVICE))).isEqualTo("ext2");
  }

  @Test
  void aJournalOnAnotherDevice() {
    twoPartitions();
    Mke2fsOptions journal = Mke2fsOptions.defaults().blocksize(4096).journaldev(true);
    Mke2fsOptions filesystem = Mke2fsOptions.defaults().blocksize(4096).fstype("ext2");

    await(g.mke2fs("/dev/sda1", journal));
    await(g.mke2fs("/dev/sda2", filesystem.journaldevice("/dev/sda1")));
    assertWritable("/dev/sda2");
    await(g.mke2fs("/dev/sda1", journal.label("JOURNAL")));
    await(g.mke2fs("/dev/sda2", filesystem.journaldevice("LABEL=JOURNAL")));
    assertWritable("/dev/sda2");
    await(g.mke2fs("/dev/sda1", journal.uuid(UUID)));
    await(g.mke2fs("/dev/sda2", filesystem.journaldevice("UUID=" + UUID)));
    assertWritable("/dev/sda2");
  }

  @Test
  @SuppressWarnings("deprecation")
  void aJournalInTheOldWay() {
    twoPartitions();

    await(g.mke2journal(4096, "/dev/sda1"));
    await(g.mke2fsJ("ext2", 4096, "/dev/sda2", "/dev/sda1"));
    assertWritable("/dev/sda2");
    await(g.mke2journalL(4096, "JOURNAL", "/dev/sda1"));
    await(g.mke2fsJL("ext2", 4096, "/dev/sda2", "JOURNAL"));
    assertWritable("/dev/sda2");
    await(g.mke2journalU(4096, UUID, "/dev/sda1"));
    await(g.mke2fsJU("ext2", 4096, "/dev/sda2", UUID));
    assertWritable("/dev/sda2");
    assertFails("", g.mke2fsJ("ext2", 1024, "/dev/sda2", "/dev/sda1"))
        .hasMessageContaining("mke2fs: ");
  }

  @Test
  void lostAndFoundIsMadeOnce() {
    await(g.mkfs("ext2", DEVICE));
    await(g.mount(DEVICE, "/"));
    assertFails("", g.mklostAndFound("/")).hasMessageContaining("mklost+found: ");

    await(g.rmRf("/lost+found"));
    await(g.mklostAndFound("/"));

    assertThat(get(g.isDir("/lost+found"))).isTrue();
    assertThat(get(g.statns("/lost+found")).stSize()).isGreaterThan(4096);
  }

  @Test
  void zerofreeLeavesNothingOfWhatWasRemoved() {
    await(g.mkfs("ext3", DEVICE));
    await(g.mount(DEVICE, "/"));
    await(g.fillPattern("abcdefgh", 2 * 1024 * 1024, "/removed"));
    await(g.fillPattern("ijklmnop", 1024 * 1024, "/kept"));
    await(g.sync());
    await(g.rm("/removed"));
    assertFails("", g.zerofree(DEVICE)).hasMessageContaining("mounted");
    await(g.umountAll());
    assertThat(count(g, DEVICE, 'c')).isGreaterThan(1024);

    await(g.zerofree(DEVICE));

    assertThat(count(g, DEVICE, 'c')).isLessThan(1024);
    assertThat(count(g, DEVICE, 'k')).isGreaterThanOrEqualTo(1024 * 1024 / 8);
    await(g.e2fsck(DEVICE));
  }

  private void twoPartitions() {
    await(g.partInit("/dev/sda", "mbr"));
    await(g.partAdd("/dev/sda", "p", 64, 204799));
    await(g.partAdd("/dev/sda", "p", 204800, 409599));
  }

  private void assertWritable(String device) {
    await(g.mount(device, "/"));
    await(g.write("/new", "new file contents".getBytes(UTF_8)));
    assertThat(get(g.cat("/new"))).isEqualTo("new file contents");
    await(g.umountAll());
  }

  private long size() {
    Map<String, String> superblock = get(g.tune2fsL(DEVICE));
    return Long.parseLong(superblock.get("Block count"))
        * Long.parseLong(superblock.get("Block size"));
  }

  private Mono<Void> write(long offset, byte value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return g.uploadOffset(Flux.just(ByteBuffer.wrap(bytes)), DEVICE, offset);
  }
}
