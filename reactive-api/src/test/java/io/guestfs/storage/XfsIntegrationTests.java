package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.XFSInfo;
import io.guestfs.calls.XfsAdminOptions;
import io.guestfs.calls.XfsGrowfsOptions;
import io.guestfs.calls.XfsRepairOptions;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class XfsIntegrationTests {
  private static final String DEVICE = "/dev/sda1";
  private static final String UUID = "5e7a9c31-2b4d-4f60-8c1e-9d3b7a6f0e24";
  private static final long MEGABYTE = 1024L * 1024L;

  private final Guestfs g;

  XfsIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @BeforeEach
  void make() {
    await(g.partInit("/dev/sda", "gpt"));
    await(g.partAdd("/dev/sda", "p", 2048, 2048 + 320 * 2048 - 1));
    await(g.mkfs("xfs", DEVICE, MkfsOptions.defaults().inode(512)));
  }

  @Test
  @SuppressWarnings("deprecation")
  void theGeometryOfADeviceAndOfAPath() {
    XFSInfo unmounted = get(g.xfsInfo(DEVICE));
    await(g.mount(DEVICE, "/"));
    await(g.mkdir("/sub directory"));

    assertThat(unmounted.xfsBlocksize()).isEqualTo(4096);
    assertThat(unmounted.xfsInodesize()).isEqualTo(512);
    assertThat(unmounted.xfsDatablocks()).isEqualTo(320 * MEGABYTE / 4096);
    assertThat(unmounted.xfsAgcount() * unmounted.xfsAgsize()).isEqualTo(unmounted.xfsDatablocks());
    assertThat(unmounted.xfsDirversion()).isEqualTo(2);
    assertThat(unmounted.xfsRtname()).isEqualTo("none");
    assertThat(get(g.xfsInfo("/"))).isEqualTo(unmounted);
    assertThat(get(g.xfsInfo(DEVICE))).isEqualTo(unmounted);
    assertThat(get(g.xfsInfo2("/sub directory")))
        .containsEntry("data.bsize", "4096")
        .containsEntry("meta-data.crc", "1")
        .containsEntry("naming", "version 2");
    assertFails("", g.xfsInfo2("/dev/sdb")).hasMessageContaining("xfs_db: ");
    assertFails("ENOENT", g.xfsInfo2("/nowhere"));
  }

  @Test
  void growsWhileItIsMounted() {
    await(g.partInit("/dev/sda", "gpt"));
    await(g.partAdd("/dev/sda", "p", 2048, 2048 + 640 * 2048 - 1));
    await(g.mount(DEVICE, "/"));

    await(g.xfsGrowfs("/", XfsGrowfsOptions.defaults().datasize(400 * MEGABYTE / 4096)));
    assertThat(get(g.xfsInfo2("/"))).containsEntry("data.blocks", blocks(400));
    await(g.xfsGrowfs("/", XfsGrowfsOptions.defaults().datasec(true).maxpct(30)));
    assertThat(get(g.xfsInfo2(DEVICE)))
        .containsEntry("data.blocks", blocks(640))
        .containsEntry("data.imaxpct", "30");
    await(g.xfsGrowfs("/"));

    assertFails("EINVAL", g.xfsGrowfs("/", XfsGrowfsOptions.defaults().datasize(-1)));
    await(g.mkdir("/inside"));
    assertFails("", g.xfsGrowfs("/inside")).hasMessageContaining("xfs_growfs: ");
  }

  @Test
  void adminChangesTheSuperblock() {
    await(
        g.xfsAdmin(
            DEVICE,
            XfsAdminOptions.defaults()
                .extunwritten(true)
                .v2log(true)
                .projid32bit(true)
                .lazycounter(true)
                .label("LBL-TEST")
                .uuid(UUID)));
    assertThat(get(g.vfsLabel(DEVICE))).isEqualTo("LBL-TEST");
    assertThat(get(g.vfsUuid(DEVICE))).isEqualTo(UUID);

    await(g.xfsAdmin(DEVICE, XfsAdminOptions.defaults().label("").uuid("generate")));
    assertThat(get(g.vfsLabel(DEVICE))).isEmpty();
    assertThat(get(g.vfsUuid(DEVICE))).isNotEqualTo(UUID);
    await(g.xfsAdmin(DEVICE));
    assertFails("EINVAL", g.xfsAdmin(DEVICE, XfsAdminOptions.defaults().label("thirteen bytes")));
    assertFails("", g.xfsAdmin(DEVICE, XfsAdminOptions.defaults().uuid("rubbish")))
        .hasMessageContaining("invalid UUID");
    assertFails("", g.xfsAdmin(DEVICE, XfsAdminOptions.defaults().lazycounter(false)));
    await(g.mount(DEVICE, "/"));
    assertFails("", g.xfsAdmin(DEVICE, XfsAdminOptions.defaults().label("mounted")));
  }

  @Test
  void repairTellsWhatItFound() {
    XfsRepairOptions look = XfsRepairOptions.defaults().nomodify(true);
    assertThat(get(g.xfsRepair(DEVICE, look))).isZero();
    assertThat(get(g.xfsRepair(DEVICE))).isZero();

    // The header of the free space of the first group.
    await(g.uploadOffset(Flux.just(ByteBuffer.allocate(512)), DEVICE, 512));
    assertThat(get(g.xfsRepair(DEVICE, look))).isEqualTo(1);
    assertThat(
            get(
                g.xfsRepair(
                    DEVICE,
                    XfsRepairOptions.defaults()
                        .noprefetch(true)
                        .ihashsize(1024)
                        .bhashsize(1024)
                        .agstride(1))))
        .isZero();
    assertThat(get(g.xfsRepair(DEVICE, look.maxmem(512)))).isZero();

    assertFails("EINVAL", g.xfsRepair(DEVICE, XfsRepairOptions.defaults().maxmem(-1)));
    assertFails("ENOENT", g.xfsRepair(DEVICE, XfsRepairOptions.defaults().logdev("/dev/no")));
    await(g.mount(DEVICE, "/"));
    assertThat(get(g.xfsRepair(DEVICE))).isEqualTo(1);
  }

  @Test
  void repairTakesAFile() {
    await(g.mkfs("ext4", "/dev/sdb"));
    await(g.mount("/dev/sdb", "/"));
    await(g.fillPattern("no xfs", 1024 * 1024, "/image"));
    await(g.lnS("/dev/sda1", "/link"));

    assertThat(get(g.xfsRepair("/image", XfsRepairOptions.defaults().nomodify(true)))).isEqualTo(1);
    assertFails("ENOENT", g.xfsRepair("/link")).hasMessageContaining("/link");
    assertFails("ENOENT", g.xfsRepair("/nothing"));
  }

  private static String blocks(long megabytes) {
    return Long.toString(megabytes * MEGABYTE / 4096);
  }
}
