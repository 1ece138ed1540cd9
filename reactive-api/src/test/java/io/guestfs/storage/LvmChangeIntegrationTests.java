package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.LV;
import io.guestfs.calls.PV;
import io.guestfs.calls.VG;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class LvmChangeIntegrationTests {
  private final Guestfs g;

  LvmChangeIntegrationTests(Guestfs g) {
    this.g = g;
  }

  private static final long MEGABYTE = 1024L * 1024L;

  private void makeGroup() {
    await(g.partDisk("/dev/sda", "mbr"));
    await(g.pvcreate("/dev/sda1"));
    await(g.vgcreate("VG", List.of("/dev/sda1")));
  }

  @Test
  void volumesTakeSharesOfWhatIsFree() {
    makeGroup();
    await(g.lvcreateFree("LV1", "VG", 50));
    await(g.lvcreateFree("LV2", "VG", 50));
    await(g.lvcreateFree("LV3", "VG", 100));

    assertThat(list(g.lvs())).containsExactly("/dev/VG/LV1", "/dev/VG/LV2", "/dev/VG/LV3");
    assertThat(list(g.vgsFull()).get(0).vgFree()).isZero();
    assertFails("EINVAL", g.lvcreateFree("LV4", "VG", 101)).hasMessageContaining("101");
    assertFails("EINVAL", g.lvcreateFree("LV4", "VG", -1));
    assertFails("EINVAL", g.lvresizeFree("/dev/VG/LV1", 101));

    await(g.lvremove("/dev/VG/LV2"));
    assertThat(list(g.lvs())).containsExactly("/dev/VG/LV1", "/dev/VG/LV3");
    await(g.lvresizeFree("/dev/VG/LV1", 100));
    assertThat(list(g.vgsFull()).get(0).vgFree()).isZero();

    await(g.lvremove("/dev/VG"));
    assertThat(list(g.lvs())).isEmpty();
    assertThat(list(g.vgs())).containsExactly("VG");
    await(g.vgremove("VG"));
    assertFails("ENOENT", g.lvremove("/dev/VG"));
    await(g.pvremove("/dev/sda1"));
    assertThat(list(g.pvs())).isEmpty();
  }

  @Test
  void volumesGetLargerAndSmaller() {
    makeGroup();
    await(g.lvcreate("LV", "VG", 20));

    await(g.lvresize("/dev/VG/LV", 41));
    assertThat(get(g.blockdevGetsize64("/dev/VG/LV"))).isEqualTo(44 * MEGABYTE);
    await(g.lvresize("/dev/VG/LV", 8));
    assertThat(get(g.blockdevGetsize64("/dev/VG/LV"))).isEqualTo(8 * MEGABYTE);
    assertFails("EINVAL", g.lvresize("/dev/VG/LV", 0)).hasMessageContaining("mbytes");
    assertFails("", g.lvresize("/dev/VG/LV", 10_000)).hasMessageContaining("nsufficient");
    assertFails("", g.pvremove("/dev/sda1")).hasMessageContaining("VG");

    await(g.lvremove("/dev/VG/LV"));
    await(g.vgremove("/dev/VG"));
    await(g.pvresizeSize("/dev/sda1", 100 * MEGABYTE));
    assertThat(list(g.pvsFull()).get(0).pvSize()).isEqualTo(100 * MEGABYTE);
    await(g.pvresize("/dev/sda1"));
    assertThat(list(g.pvsFull()).get(0).pvSize()).isGreaterThan(1000 * MEGABYTE);
    assertFails("EINVAL", g.pvresizeSize("/dev/sda1", 0));
  }

  @Test
  void namesChange() {
    makeGroup();
    await(g.lvcreate("LV", "VG", 16));
    await(g.mkfs("ext2", "/dev/VG/LV"));

    await(g.lvrename("/dev/VG/LV", "/dev/VG/LV2"));
    assertThat(list(g.lvs())).containsExactly("/dev/VG/LV2");

    await(g.vgActivate(false, List.of("VG")));
    assertFails("ENOENT", g.vfsType("/dev/VG/LV2"));
    await(g.vgrename("VG", "VG2"));
    await(g.vgActivate(true, List.of("VG2")));
    await(g.mount("/dev/VG2/LV2", "/"));
    assertThat(list(g.vgs())).containsExactly("VG2");
    assertFails("", g.vgActivateAll(false)).hasMessageContaining("lvm");
    assertFails("", g.vgrename("nothing", "VG3")).hasMessageContaining("nothing");
    assertFails("", g.vgremove("VG2")).hasMessageContaining("lvm");
  }

  @Test
  void uuids() {
    makeGroup();
    await(g.lvcreate("LV1", "VG", 16));
    await(g.lvcreate("LV2", "VG", 16));
    PV pv = list(g.pvsFull()).get(0);
    VG vg = list(g.vgsFull()).get(0);
    List<String> lvs = list(g.lvsFull().map(LV::lvUuid));

    String uuid = get(g.pvuuid("/dev/sda1"));
    assertThat(uuid).matches("\\w{6}(-\\w{4}){5}-\\w{6}");
    assertThat(withoutDashes(uuid)).isEqualTo(pv.pvUuid());
    assertThat(withoutDashes(get(g.vguuid("VG")))).isEqualTo(vg.vgUuid());
    assertThat(withoutDashes(get(g.lvuuid("/dev/VG/LV1")))).isEqualTo(lvs.get(0));
    assertThat(list(g.vgpvuuids("VG"))).containsExactly(uuid);
    assertThat(list(g.vglvuuids("VG").map(LvmChangeIntegrationTests::withoutDashes)))
        .containsExactlyInAnyOrderElementsOf(lvs);
    assertThat(new String(get(g.vgmeta("VG")), StandardCharsets.UTF_8))
        .contains("VG {", uuid, "LV2 {");
    assertFails("", g.vguuid("nothing")).hasMessageContaining("nothing");
    assertFails("", g.pvuuid("/dev/sdb")).hasMessageContaining("/dev/sdb");
    assertFails("", g.vgmeta("nothing")).hasMessageContaining("nothing");

    await(g.vgActivateAll(false));
    await(g.pvchangeUuid("/dev/sda1"));
    String second = get(g.pvuuid("/dev/sda1"));
    assertThat(second).isNotEqualTo(uuid);
    await(g.pvchangeUuidAll());
    assertThat(get(g.pvuuid("/dev/sda1"))).isNotEqualTo(second);
    await(g.vgchangeUuid("/dev/VG"));
    String group = get(g.vguuid("VG"));
    assertThat(withoutDashes(group)).isNotEqualTo(vg.vgUuid());
    await(g.vgchangeUuidAll());
    assertThat(get(g.vguuid("VG"))).isNotEqualTo(group);
  }

  @Test
  @SuppressWarnings("deprecation") // vgscan is to work all the same
  void aFilterHidesDevices() {
    makeGroup();
    await(g.lvcreate("LV", "VG", 16));
    await(g.pvcreate("/dev/sdb"));
    await(g.vgcreate("VG2", List.of("/dev/sdb")));
    await(g.lvcreate("LV", "VG2", 16));
    await(g.vgscan());
    try {
      await(g.lvmSetFilter(List.of("/dev/sda")));
      assertThat(list(g.vgs())).containsExactly("VG");
      assertThat(list(g.pvs())).containsExactly("/dev/sda1");
      assertThat(get(g.blockdevGetsize64("/dev/VG/LV"))).isEqualTo(16 * MEGABYTE);
      assertFails("ENOENT", g.blockdevGetsize64("/dev/VG2/LV"));

      await(g.lvmSetFilter(List.of("/dev/sdb")));
      assertThat(list(g.vgs())).containsExactly("VG2");
      assertFails("ENOENT", g.lvmSetFilter(List.of("/dev/sdz")));
    } finally {
      await(g.lvmClearFilter());
    }
    assertThat(list(g.lvs())).containsExactly("/dev/VG/LV", "/dev/VG2/LV");
    assertThat(get(g.blockdevGetsize64("/dev/VG2/LV"))).isEqualTo(16 * MEGABYTE);
    await(g.lvmScan(false));
    await(g.lvmScan(true));
  }

  private static String withoutDashes(String uuid) {
    return uuid.replace("-", "");
  }
}
