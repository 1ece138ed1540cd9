package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class GptIntegrationTests {
  private final Guestfs g;

  GptIntegrationTests(Guestfs g) {
    this.g = g;
  }

  private static final String GUID = "01234567-89AB-CDEF-0123-456789ABCDEF";

  @Test
  void guids() {
    await(g.partDisk("/dev/sda", "gpt"));

    await(g.partSetDiskGuid("/dev/sda", GUID));
    assertThat(get(g.partGetDiskGuid("/dev/sda"))).isEqualTo(GUID);
    await(g.partSetDiskGuidRandom("/dev/sda"));
    assertThat(get(g.partGetDiskGuid("/dev/sda"))).hasSize(36).isNotEqualTo(GUID);

    await(g.partSetGptType("/dev/sda", 1, "{" + GUID.toLowerCase(Locale.ROOT) + "}"));
    assertThat(get(g.partGetGptType("/dev/sda", 1))).isEqualTo(GUID);

    await(g.partSetGptGuid("/dev/sda", 1, GUID));
    assertThat(get(g.partGetGptGuid("/dev/sda", 1))).isEqualTo(GUID);

    assertFails("EINVAL", g.partSetDiskGuid("/dev/sda", "f")).hasMessageContaining("GUID");
    assertFails("EINVAL", g.partSetGptType("/dev/sda", 1, "f"));
    assertFails("EINVAL", g.partGetGptType("/dev/sda", 0)).hasMessageContaining("counted from 1");
    assertFails("", g.partGetGptGuid("/dev/sda", 2)).hasMessageContaining("partition 2");
  }

  @Test
  void attributes() {
    await(g.partDisk("/dev/sda", "gpt"));
    assertThat(get(g.partGetGptAttributes("/dev/sda", 1))).isZero();

    await(g.partSetGptAttributes("/dev/sda", 1, 4 | Long.MIN_VALUE));
    assertThat(get(g.partGetGptAttributes("/dev/sda", 1))).isEqualTo(4 | Long.MIN_VALUE);

    await(g.partSetGptAttributes("/dev/sda", 1, 0));
    assertThat(get(g.partGetGptAttributes("/dev/sda", 1))).isZero();
    assertFails("EINVAL", g.partSetGptAttributes("/dev/sda", 1, 8)).hasMessageContaining("bit 3");
  }

  @Test
  void names() {
    await(g.partDisk("/dev/sda", "gpt"));
    assertThat(get(g.partGetName("/dev/sda", 1))).isEqualTo("p1");

    for (String name : new String[] {"two words", "ünï:cödé; \"'\\", "--help", "", "x"}) {
      await(g.partSetName("/dev/sda", 1, name));
      assertThat(get(g.partGetName("/dev/sda", 1))).isEqualTo(name);
    }

    assertThat(get(g.findfsPartlabel("x"))).isEqualTo("/dev/sda1");
    assertFails("", g.partSetName("/dev/sda", 2, "y")).hasMessageContaining("partition 2");
  }

  @Test
  void aTableOfAnotherKindSaysSo() {
    await(g.partDisk("/dev/sda", "mbr"));

    assertFails("EINVAL", g.partGetGptType("/dev/sda", 1)).hasMessageContaining("/dev/sda");
    assertFails("EINVAL", g.partSetGptGuid("/dev/sda", 1, GUID));
    assertFails("EINVAL", g.partGetGptAttributes("/dev/sda", 1));
    assertFails("EINVAL", g.partGetDiskGuid("/dev/sda"));
    assertFails("EINVAL", g.partSetDiskGuidRandom("/dev/sda"));
    assertFails("EINVAL", g.partGetName("/dev/sda", 1));
    assertFails("EINVAL", g.partExpandGpt("/dev/sda"));
    assertFails("", g.partSetName("/dev/sda", 1, "two words"))
        .hasMessageContaining("partition name");
    assertThat(get(g.partGetMbrId("/dev/sda", 1))).isEqualTo(0x83);
  }

  @Test
  void theSecondCopyMovesToTheEnd() {
    await(g.partDisk("/dev/sdc", "gpt"));
    // The same table on a disk that is larger.
    await(g.upload(Flux.fromIterable(list(g.download("/dev/sdc"))), "/dev/sdb"));
    await(g.blockdevRereadpt("/dev/sdb"));

    await(g.partExpandGpt("/dev/sdb"));

    long sectors = StorageMachine.SDB_MEGABYTES * 2048L;
    await(g.partResize("/dev/sdb", 1, -34));
    assertThat(list(g.partList("/dev/sdb")).get(0).partEnd()).isEqualTo((sectors - 33) * 512 - 1);
  }
}
