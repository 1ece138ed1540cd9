package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class DeviceNameIntegrationTests {
  private final Guestfs g;

  DeviceNameIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void aDriveIsKnownByItsLabel() {
    assertThat(get(g.listDiskLabels())).containsExactly(Map.entry("tiny", "/dev/sdc"));
    await(g.partDisk("/dev/disk/guestfs/tiny", "mbr"));

    assertThat(get(g.listDiskLabels()))
        .containsExactly(Map.entry("tiny", "/dev/sdc"), Map.entry("tiny1", "/dev/sdc1"));
    await(g.mkfs("ext2", "/dev/disk/guestfs/tiny1"));
    await(g.mount("/dev/disk/guestfs/tiny1", "/"));
    assertThat(list(g.mounts())).containsExactly("/dev/sdc1");
    await(g.umount("/dev/disk/guestfs/tiny1"));

    assertFails("ENOENT", g.vfsType("/dev/disk/guestfs/tiny2"));
    assertFails("ENOENT", g.vfsType("/dev/disk/guestfs/other"));
  }

  @Test
  void partitionsBelongToDisks() {
    await(g.partDisk("/dev/sda", "mbr"));

    assertThat(get(g.partToDev("/dev/sda1"))).isEqualTo("/dev/sda");
    assertThat(get(g.partToPartnum("/dev/sda1"))).isEqualTo(1);
    assertFails("EINVAL", g.partToDev("/dev/sda")).hasMessageContaining("/dev/sda");
    assertFails("EINVAL", g.partToPartnum("/dev/sda"));
    assertFails("ENOENT", g.partToDev("/dev/sda2"));
    assertThat(get(g.isWholeDevice("/dev/sda"))).isTrue();
    assertThat(get(g.isWholeDevice("/dev/sda1"))).isFalse();
  }

  @Test
  void logicalVolumesAreNoDisks() {
    await(g.pvcreate("/dev/sda"));
    await(g.vgcreate("V-G", List.of("/dev/sda")));
    await(g.lvcreate("LV", "V-G", 8));

    assertThat(get(g.isWholeDevice("/dev/V-G/LV"))).isFalse();
    assertThat(get(g.isLv("/dev/V-G/LV"))).isTrue();
    assertThat(get(g.isLv("/dev/sda"))).isFalse();
    assertThat(get(g.isLv("btrfsvol:/dev/V-G/LV/home"))).isFalse();
    for (String name : List.of("/dev/V-G/LV", "/dev/mapper/V--G-LV", "/dev/dm-0")) {
      assertThat(get(g.lvmCanonicalLvName(name))).isEqualTo("/dev/V-G/LV");
      assertThat(get(g.canonicalDeviceName(name))).isEqualTo("/dev/V-G/LV");
    }
    assertFails("EINVAL", g.lvmCanonicalLvName("/dev/sda"));
    assertFails("EINVAL", g.lvmCanonicalLvName("/dev/V-G/LV2"));
    assertFails("EINVAL", g.lvmCanonicalLvName("LV"));
    assertFails("EINVAL", g.partToDev("/dev/V-G/LV"));
    assertThat(list(g.listDmDevices())).isEmpty();
    assertThat(get(g.mountableDevice("btrfsvol:/dev/V-G/LV/a/b"))).isEqualTo("/dev/V-G/LV");
    assertThat(get(g.mountableSubvolume("btrfsvol:/dev/V-G/LV/a/b"))).isEqualTo("a/b");
    assertFails("EINVAL", g.mountableSubvolume("/dev/V-G/LV"));
  }
}
