package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.MkswapOptions;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class SwapIntegrationTests {
  private static final String DEVICE = "/dev/sdc";
  private static final String UUID = "5e7a9c31-2b4d-4f60-8c1e-9d3b7a6f0e24";

  private final Guestfs g;

  SwapIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void aDevice() {
    await(g.mkfs("ext2", DEVICE));
    assertFails("EINVAL", g.swaponDevice(DEVICE)).hasMessageContaining(DEVICE);
    await(g.mkswap(DEVICE));
    assertThat(get(g.vfsType(DEVICE))).isEqualTo("swap");

    await(g.swaponDevice(DEVICE));
    assertFails("EBUSY", g.swaponDevice(DEVICE));
    assertFails("EBUSY", g.mkswap(DEVICE));
    await(g.swapoffDevice(DEVICE));

    assertFails("EINVAL", g.swapoffDevice(DEVICE));
  }

  @Test
  @SuppressWarnings("deprecation")
  void byLabelAndByUuid() {
    await(g.mkswap(DEVICE, MkswapOptions.defaults().label("fifteen bytes i").uuid(UUID)));
    assertThat(get(g.vfsLabel(DEVICE))).isEqualTo("fifteen bytes i");
    assertThat(get(g.vfsUuid(DEVICE))).isEqualTo(UUID);
    await(g.swaponLabel("fifteen bytes i"));
    await(g.swapoffLabel("fifteen bytes i"));
    await(g.swaponUuid(UUID));
    await(g.swapoffUuid(UUID));
    assertFails("", g.swaponLabel("nobody")).hasMessageContaining("nobody");
    assertFails("", g.swapoffUuid("3e7a9c31-2b4d-4f60-8c1e-9d3b7a6f0e24"));

    await(g.mkswapL("hello", DEVICE));
    assertThat(get(g.vfsLabel(DEVICE))).isEqualTo("hello");
    await(g.mkswapU(UUID, DEVICE));
    assertThat(get(g.vfsUuid(DEVICE))).isEqualTo(UUID);
    assertFails("EINVAL", g.mkswap(DEVICE, MkswapOptions.defaults().label("x".repeat(16))));
    assertFails("", g.mkswap(DEVICE, MkswapOptions.defaults().uuid("rubbish")));
  }

  @Test
  void aFile() {
    await(g.mkfs("ext2", "/dev/sdb"));
    await(g.mount("/dev/sdb", "/"));
    await(g.upload(Flux.just(ByteBuffer.allocate(4 * 1024 * 1024)), "/swap file"));
    await(g.mkswapFile("/swap file"));
    await(g.lnS("/swap file", "/link"));

    await(g.swaponFile("/swap file"));
    assertFails("EPERM", g.rm("/swap file"));
    assertFails("EBUSY", g.umount("/"));
    await(g.swapoffFile("/link"));

    await(g.rm("/swap file"));
    assertFails("ENOENT", g.swaponFile("/swap file"));
  }
}
