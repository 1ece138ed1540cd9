package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.UTSName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kernel of the appliance, and what it and the daemon have. */
@ExtendWith(StorageMachine.class)
@Timeout(300)
class KernelIntegrationTests {
  private final Guestfs g;

  KernelIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void theKernelIsLinux() {
    UTSName name = get(g.utsname());

    assertThat(name.utsSysname()).isEqualTo("Linux");
    assertThat(name.utsRelease()).matches("\\d+\\.\\d+.*");
    assertThat(get(g.dmesg())).contains("Linux version " + name.utsRelease());
  }

  @Test
  void modulesAreLoaded() {
    await(g.modprobe("fat"));
    await(g.modprobe("fat"));
    assertFails("", g.modprobe("nosuchmodule")).hasMessageContaining("nosuchmodule");
    assertFails("", g.modprobe("--help")).hasMessageContaining("--help");
    assertFails("", g.modprobe("")).hasMessageContaining("modprobe");
  }

  @Test
  void cachesAreDropped() {
    for (int what = 1; what <= 3; what++) {
      await(g.dropCaches(what));
    }
    assertFails("EINVAL", g.dropCaches(0));
    assertFails("EINVAL", g.dropCaches(-1));
    assertFails("EINVAL", g.dropCaches(77));
  }

  @Test
  void disksAreCounted() {
    assertThat(get(g.nrDevices())).isEqualTo(StorageMachine.DISKS.size());
  }

  @Test
  void fileSystemsAreThereWhenTheKernelHasThem() {
    for (String type : List.of("ext2", "ext4", "xfs", "btrfs", "vfat", "iso9660", "squashfs")) {
      assertThat(get(g.filesystemAvailable(type))).as(type).isTrue();
    }
    assertThat(get(g.filesystemAvailable("nosuchfilesystem"))).isFalse();
    assertThat(get(g.filesystemAvailable("nodev"))).isFalse();
    assertFails("EINVAL", g.filesystemAvailable("../xfs"));
  }

  /** What the image is made of decides; a package that is dropped from it shows here. */
  @Test
  void featureGroupsAreThereWhenTheirProgramsAre() {
    List<String> groups = list(g.availableAllGroups());

    assertThat(groups).contains("lvm2", "augeas", "realpath", "clevisluks");
    for (String group :
        List.of("inotify", "linuxmodules", "lvm2", "rsync", "scrub", "squashfs", "xz", "augeas")) {
      assertThat(get(g.featureAvailable(List.of(group)))).as(group).isTrue();
    }
    assertThat(get(g.featureAvailable(List.of("lvm2", "clevisluks")))).isFalse();
    for (String group : groups) {
      get(g.featureAvailable(List.of(group)));
    }
    assertFails("EINVAL", g.featureAvailable(List.of("nosuchgroup")));
    assertFails("ENOTSUP", g.available(List.of("lvm2", "clevisluks")))
        .hasMessageContaining("clevisluks");
  }

  @Test
  void aSmallQueueOfEventsOverflows() {
    await(g.mkfs("ext2", "/dev/sdc"));
    await(g.mount("/dev/sdc", "/"));
    await(g.inotifyInit(2));
    await(g.inotifyAddWatch("/", 0x100));
    for (String name : List.of("a", "b", "c", "d")) {
      await(g.touch("/" + name));
    }

    assertThat(list(g.inotifyRead()))
        .extracting(event -> event.inWd() + event.inName())
        .containsExactly("1a", "1b", "-1");
    await(g.inotifyInit(16384));
    await(g.inotifyClose());
    assertFails("EINVAL", g.inotifyClose());
  }
}
