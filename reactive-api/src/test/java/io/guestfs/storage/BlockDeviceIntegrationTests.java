package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class BlockDeviceIntegrationTests {
  private final Guestfs g;

  BlockDeviceIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void sizesAndSectors() {
    assertThat(get(g.blockdevGetss("/dev/sda"))).isEqualTo(512);
    assertThat(get(g.blockdevGetsz("/dev/sdc"))).isEqualTo(StorageMachine.SDC_MEGABYTES * 2048L);
    assertThat(get(g.blockdevGetbsz("/dev/sda"))).isBetween(512, 4096);
  }

  @Test
  void aDiskCanBeMadeReadOnly() {
    assertThat(get(g.blockdevGetro("/dev/sdc"))).isFalse();

    await(g.blockdevSetro("/dev/sdc"));

    assertThat(get(g.blockdevGetro("/dev/sdc"))).isTrue();
    assertFails("EPERM", g.blkdiscard("/dev/sdc"));
    assertFails("EPERM", g.upload(Flux.just(ByteBuffer.wrap(new byte[512])), "/dev/sdc"));

    await(g.blockdevSetrw("/dev/sdc"));

    assertThat(get(g.blockdevGetro("/dev/sdc"))).isFalse();
    await(g.blkdiscard("/dev/sdc"));
  }

  @Test
  @SuppressWarnings("deprecation") // it is to work all the same
  void settings() {
    await(g.blockdevFlushbufs("/dev/sda"));
    await(g.blockdevSetra("/dev/sda", 1024));
    assertFails("EINVAL", g.blockdevSetra("/dev/sda", -1)).hasMessageContaining("-1");
    await(g.blockdevSetbsz("/dev/sda", 2048));
    assertFails("EINVAL", g.blockdevSetbsz("/dev/sda", 1000));
    assertFails("EINVAL", g.blockdevSetbsz("/dev/sda", 0));
  }

  @Test
  void aPartitionTableIsReadAgain() {
    await(g.partDisk("/dev/sdc", "mbr"));
    await(g.blockdevRereadpt("/dev/sdc"));
    assertThat(list(g.listPartitions())).containsExactly("/dev/sdc1");
    assertFails("EINVAL", g.blockdevRereadpt("/dev/sdc1"));
    await(g.mkfs("ext2", "/dev/sdc1"));
    await(g.mount("/dev/sdc1", "/"));
    assertFails("EBUSY", g.blockdevRereadpt("/dev/sdc"));
  }

  @Test
  void whatIsDiscardedIsGone() {
    await(g.upload(Flux.just(ByteBuffer.wrap(new byte[] {1, 2, 3})), "/dev/sdc"));
    await(g.blkdiscard("/dev/sdc"));
    assertThat(get(g.blkdiscardzeroes("/dev/sdc"))).isFalse();
    assertThat(get(g.featureAvailable(List.of("blkdiscard", "blkdiscardzeroes")))).isTrue();
  }
}
