package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.MkfsOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class SignatureIntegrationTests {
  private final Guestfs g;

  SignatureIntegrationTests(Guestfs g) {
    this.g = g;
  }

  private static final String UUID = "8b1ff27c-9b41-4ba8-a8d4-7a3e53d5a0d1";

  @Test
  void allThatIsKnown() {
    await(g.partDisk("/dev/sdb", "mbr"));
    await(g.mkfs("ext2", "/dev/sdb1", MkfsOptions.defaults().label("a \"b\" ä$")));

    Map<String, String> tags = get(g.blkid("/dev/sdb1"));

    assertThat(tags)
        .containsEntry("DEVNAME", "/dev/sdb1")
        .containsEntry("TYPE", "ext2")
        .containsEntry("USAGE", "filesystem")
        .containsEntry("LABEL", "a \"b\" ä$")
        .containsEntry("PART_ENTRY_NUMBER", "1")
        .containsEntry("PART_ENTRY_TYPE", "0x83")
        .containsEntry("PART_ENTRY_OFFSET", "128")
        .containsEntry("UUID", get(g.vfsUuid("/dev/sdb1")));
    assertThat(get(g.blkid("/dev/sda"))).containsEntry("DEVNAME", "/dev/sda");
  }

  @Test
  void devicesAreFound() {
    await(g.partDisk("/dev/sdb", "gpt"));
    await(g.mkfs("ext2", "/dev/sdb1", MkfsOptions.defaults().label("my label")));
    await(g.partSetName("/dev/sdb", 1, "my part"));
    await(g.partSetGptGuid("/dev/sdb", 1, UUID));

    assertThat(get(g.findfsLabel("my label"))).isEqualTo("/dev/sdb1");
    assertThat(get(g.findfsUuid(get(g.vfsUuid("/dev/sdb1"))))).isEqualTo("/dev/sdb1");
    assertThat(get(g.findfsPartlabel("my part"))).isEqualTo("/dev/sdb1");
    assertThat(get(g.findfsPartuuid(UUID))).isEqualTo("/dev/sdb1");
    assertFails("ENOENT", g.findfsLabel("my")).hasMessageContaining("LABEL=my");
    assertFails("ENOENT", g.findfsUuid(UUID)).hasMessageContaining(UUID);
    assertFails("ENOENT", g.findfsLabel(""));
  }

  @Test
  void aLogicalVolumeIsFoundByItsUsualName() {
    await(g.pvcreate("/dev/sda"));
    await(g.vgcreate("VG", List.of("/dev/sda")));
    await(g.lvcreate("L-V", "VG", 16));
    await(g.mkfs("ext2", "/dev/VG/L-V", MkfsOptions.defaults().label("volume")));

    assertThat(get(g.findfsLabel("volume"))).isEqualTo("/dev/VG/L-V");
  }

  @Test
  void signaturesAreRemoved() {
    await(g.partDisk("/dev/sdb", "mbr"));
    await(g.mkfs("ext2", "/dev/sdb1"));
    await(g.mount("/dev/sdb1", "/"));
    assertFails("EBUSY", g.wipefs("/dev/sdb1")).hasMessageContaining("/dev/sdb1");
    await(g.umount("/"));

    await(g.wipefs("/dev/sdb1"));
    assertThat(get(g.vfsType("/dev/sdb1"))).isEmpty();

    await(g.wipefs("/dev/sdb"));
    assertThat(list(g.listPartitions())).isEmpty();
  }
}
