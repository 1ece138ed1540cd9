package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StorageMachine.class)
@Timeout(300)
@SuppressWarnings("deprecation") // they are to work all the same
class SfdiskIntegrationTests {
  private final Guestfs g;

  SfdiskIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void linesArePartitions() {
    await(g.sfdisk("/dev/sda", 0, 0, 0, List.of("2048,4096,83", ",,82,*")));

    assertThat(list(g.listPartitions())).containsExactly("/dev/sda1", "/dev/sda2");
    assertThat(get(g.blockdevGetsz("/dev/sda1"))).isEqualTo(4096);
    assertThat(get(g.partGetMbrId("/dev/sda", 2))).isEqualTo(0x82);
    assertThat(get(g.sfdiskL("/dev/sda"))).contains("/dev/sda1", "4096");

    await(g.sfdiskN("/dev/sda", 1, 0, 0, 0, ",,7"));
    assertThat(get(g.partGetMbrId("/dev/sda", 1))).isEqualTo(7);
    assertThat(get(g.blockdevGetsz("/dev/sda1"))).isEqualTo(4096);

    assertFails("", g.sfdisk("/dev/sda", 0, 0, 0, List.of("nonsense")))
        .hasMessageContaining("sfdisk");
    assertFails("EINVAL", g.sfdiskN("/dev/sda", 0, 0, 0, 0, ",")).hasMessageContaining("from 1");
  }

  @Test
  void megabytes() {
    await(g.sfdiskM("/dev/sda", List.of(",200", ",")));

    assertThat(get(g.blockdevGetsize64("/dev/sda1"))).isEqualTo(200L * 1024 * 1024);
    assertThat(list(g.listPartitions())).hasSize(2);
  }

  @Test
  void geometry() {
    String geometry = get(g.sfdiskKernelGeometry("/dev/sda"));

    assertThat(geometry).startsWith("/dev/sda: ").contains(" cylinders, ");
    assertThat(get(g.sfdiskDiskGeometry("/dev/sda"))).isEqualTo(geometry);
  }
}
