package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.calls.LV;
import io.guestfs.calls.PV;
import io.guestfs.calls.VG;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class LvmIntegrationTests {
  private static final long MEGABYTE = 1024L * 1024L;

  private final Guestfs g;

  LvmIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void nothingIsThereAtFirst() {
    assertThat(list(g.pvs())).isEmpty();
    assertThat(list(g.vgs())).isEmpty();
    assertThat(list(g.lvs())).isEmpty();
    assertThat(list(g.pvsFull())).isEmpty();
    assertThat(list(g.vgsFull())).isEmpty();
    assertThat(list(g.lvsFull())).isEmpty();
    await(g.lvmRemoveAll());
  }

  @Test
  void volumesInTwoGroups() {
    makeTwoGroups();

    assertThat(list(g.pvs())).containsExactly("/dev/sda1", "/dev/sda2", "/dev/sda3");
    assertThat(list(g.vgs())).containsExactly("VG1", "VG2");
    assertThat(list(g.lvs()))
        .containsExactly("/dev/VG1/LV1", "/dev/VG1/LV2", "/dev/VG2/LV3", "/dev/VG2/LV4");
    assertThat(get(g.blockdevGetsize64("/dev/VG1/LV2"))).isEqualTo(48 * MEGABYTE);

    await(g.lvmRemoveAll());

    assertThat(list(g.pvs())).isEmpty();
    assertThat(list(g.vgs())).isEmpty();
    assertThat(list(g.lvs())).isEmpty();
    assertFails("ENOENT", g.vfsType("/dev/VG1/LV1"));
    assertThat(get(g.vfsType("/dev/sda1"))).isEmpty();
  }

  @Test
  void allThatIsKnown() {
    makeTwoGroups();

    List<PV> pvs = list(g.pvsFull());
    assertThat(pvs).extracting(PV::pvName).contains("/dev/sda1", "/dev/sda2", "/dev/sda3");
    PV pv = pvs.get(0);
    assertThat(pv.pvUuid()).matches("\\w{32}");
    assertThat(pv.pvFmt()).isEqualTo("lvm2");
    assertThat(pv.devSize()).isBetween(90 * MEGABYTE, 110 * MEGABYTE);
    assertThat(pv.pvSize()).isEqualTo(pv.pvFree() + pv.pvUsed());
    assertThat(pv.peStart()).isEqualTo(MEGABYTE);
    assertThat(pv.pvAttr()).isEqualTo("a--");

    VG vg = list(g.vgsFull()).get(0);
    assertThat(vg.vgName()).isEqualTo("VG1");
    assertThat(vg.vgUuid()).matches("\\w{32}");
    assertThat(vg.vgExtentSize()).isEqualTo(4 * MEGABYTE);
    assertThat(vg.vgSize()).isEqualTo(vg.vgExtentCount() * vg.vgExtentSize());
    assertThat(vg.pvCount()).isEqualTo(2);
    assertThat(vg.lvCount()).isEqualTo(2);

    LV lv = list(g.lvsFull()).get(0);
    assertThat(lv.lvName()).isEqualTo("LV1");
    assertThat(lv.lvUuid()).matches("\\w{32}");
    assertThat(lv.lvAttr()).startsWith("-wi-a");
    assertThat(lv.lvSize()).isEqualTo(52 * MEGABYTE);
    assertThat(lv.lvMajor()).isEqualTo(-1);
    assertThat(lv.lvKernelMajor()).isPositive();
    assertThat(lv.snapPercent()).isEmpty();
    assertThat(lv.copyPercent()).isEmpty();
    assertThat(lv.origin()).isEmpty();
  }

  @Test
  void aVolumeIsCalledByItsUsualName() {
    await(g.pvcreate("/dev/sdb"));
    await(g.vgcreate("my-vg", List.of("/dev/sdb")));
    await(g.lvcreate("a-b", "my-vg", 32));
    await(g.mkfs("ext4", "/dev/my-vg/a-b"));
    await(g.mount("/dev/my-vg/a-b", "/"));

    assertThat(list(g.mounts())).containsExactly("/dev/my-vg/a-b");
    assertThat(get(g.mountpoints())).containsEntry("/dev/my-vg/a-b", "/");
    assertFails("", g.lvmRemoveAll()).hasMessageContaining("in use");
    await(g.umount("/dev/my-vg/a-b"));
    assertThat(list(g.mounts())).isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertFails("ENOENT", g.pvcreate("/dev/sdz")).hasMessageContaining("/dev/sdz");
    await(g.pvcreate("/dev/sdb"));
    assertFails("ENOENT", g.vgcreate("VG", List.of("/dev/sdb", "/dev/foo/bar")));
    assertFails("ENOENT", g.vgcreate("VG", List.of("/foo/bar", "/dev/sdb")))
        .hasMessageContaining("/foo/bar");
    assertFails("", g.vgcreate("--help", List.of("/dev/sdb"))).hasMessageContaining("--help");
    await(g.vgcreate("VG", List.of("/dev/sdb")));
    assertFails("", g.vgcreate("VG", List.of("/dev/sdb"))).hasMessageContaining("already exists");
    assertFails("", g.pvcreate("/dev/sdb")).hasMessageContaining("volume group");
    assertFails("EINVAL", g.lvcreate("LV", "VG", 0)).hasMessageContaining("mbytes");
    assertFails("EINVAL", g.lvcreate("LV", "VG", -5)).hasMessageContaining("mbytes");
    assertFails("", g.lvcreate("LV", "VG", 10_000)).hasMessageContaining("insufficient");
    assertFails("", g.lvcreate("LV", "nogroup", 8)).hasMessageContaining("nogroup");
    assertThat(list(g.lvs())).isEmpty();
  }

  @Test
  void volumesOfADiskThatCameAreThereAtOnce(@TempDir Path directory) {
    GuestfsBuilder builder =
        StorageMachine.builder().addDrive(StorageMachine.disk(directory.resolve("disk"), 64));
    await(
        builder.usingMono(
            first ->
                first
                    .partDisk("/dev/sda", "mbr")
                    .then(first.pvcreate("/dev/sda1"))
                    .then(first.vgcreate("VG", List.of("/dev/sda1")))
                    .then(first.lvcreate("LV", "VG", 32))
                    .then(first.mkfs("ext4", "/dev/VG/LV"))));

    String type = get(builder.usingMono(second -> second.vfsType("/dev/VG/LV")));

    assertThat(type).isEqualTo("ext4");
  }

  private void makeTwoGroups() {
    await(g.partInit("/dev/sda", "mbr"));
    await(g.partAdd("/dev/sda", "p", 64, 204799));
    await(g.partAdd("/dev/sda", "p", 204800, 409599));
    await(g.partAdd("/dev/sda", "p", 409600, -64));
    await(g.pvcreate("/dev/sda1"));
    await(g.pvcreate("/dev/sda2"));
    await(g.pvcreate("/dev/sda3"));
    await(g.vgcreate("VG1", List.of("/dev/sda1", "/dev/sda2")));
    await(g.vgcreate("VG2", List.of("/dev/sda3")));
    await(g.lvcreate("LV1", "VG1", 50));
    await(g.lvcreate("LV2", "VG1", 48));
    await(g.lvcreate("LV3", "VG2", 50));
    await(g.lvcreate("LV4", "VG2", 50));
  }
}
