package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.MDStat;
import io.guestfs.calls.MdCreateOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class MdIntegrationTests {
  private final Guestfs g;

  MdIntegrationTests(Guestfs g) {
    this.g = g;
  }

  private static final List<String> MEMBERS = List.of("/dev/sda1", "/dev/sda2", "/dev/sda3");

  @BeforeEach
  void makePartitions() {
    await(g.partInit("/dev/sda", "gpt"));
    for (int i = 0; i < 3; i++) {
      await(g.partAdd("/dev/sda", "p", 2048 + i * 65536L, 2048 + (i + 1) * 65536L - 1));
    }
  }

  @Test
  void aMirrorWithASpareDisk() {
    assertThat(list(g.listMdDevices())).isEmpty();

    await(g.mdCreate("mirror", MEMBERS, MdCreateOptions.defaults().spare(1)));

    String md = list(g.listMdDevices()).get(0);
    assertThat(md).startsWith("/dev/md");
    assertThat(get(g.mdDetail(md)))
        .containsEntry("level", "raid1")
        .containsEntry("devices", "2")
        .containsKey("uuid")
        .extractingByKey("name")
        .asString()
        .endsWith("mirror");
    assertThat(get(g.mdDetail("/dev/md/mirror"))).isEqualTo(get(g.mdDetail(md)));
    List<MDStat> members = list(g.mdStat(md));
    assertThat(members)
        .extracting(MDStat::mdstatDevice)
        .containsExactlyInAnyOrderElementsOf(MEMBERS);
    assertThat(members)
        .filteredOn(member -> member.mdstatFlags().contains("S"))
        .extracting(MDStat::mdstatDevice)
        .containsExactly("/dev/sda3");
    assertThat(get(g.isWholeDevice(md))).isFalse();

    await(g.mkfs("ext2", md));
    await(g.mount(md, "/"));
    assertFails("", g.mdStop(md)).hasMessageContaining("mdadm");
    await(g.umount("/"));
    await(g.mdStop(md));
    assertThat(list(g.listMdDevices())).isEmpty();
  }

  @Test
  void oneIsMissing() {
    MdCreateOptions options =
        MdCreateOptions.defaults().level("raid5").missingbitmap(0b10).chunk(64 * 1024);

    await(g.mdCreate("five", MEMBERS.subList(0, 2), options));

    String md = list(g.listMdDevices()).get(0);
    assertThat(get(g.mdDetail(md))).containsEntry("level", "raid5").containsEntry("devices", "3");
    assertThat(list(g.mdStat(md))).extracting(MDStat::mdstatIndex).doesNotContain(1);
    assertThat(get(g.blockdevGetsize64(md))).isBetween(50L << 20, 64L << 20);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertFails("EINVAL", g.mdCreate("x", MEMBERS.subList(0, 1)));
    assertFails("EINVAL", g.mdCreate("--help", MEMBERS)).hasMessageContaining("--help");
    assertFails("ENOENT", g.mdCreate("x", List.of("/dev/sda1", "/dev/sda9")));
    assertFails("EINVAL", g.mdStat("/dev/sda1")).hasMessageContaining("sda1");
    assertFails("", g.mdDetail("/dev/sda1")).hasMessageContaining("mdadm");
    assertFails("", g.mdStop("/dev/sda1")).hasMessageContaining("mdadm");
  }
}
