package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.bytes;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.RemountOptions;
import io.guestfs.calls.UmountOptions;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class MountIntegrationTests {
  private static final long PARTITION_SECTORS = 16_384;

  private final Guestfs g;

  MountIntegrationTests(Guestfs g) {
    this.g = g;
  }

  /** As many file systems on partitions of the first disk. */
  private void make(int count) {
    await(g.partInit("/dev/sda", "gpt"));
    for (int number = 1; number <= count; number++) {
      long start = number * PARTITION_SECTORS;
      await(g.partAdd("/dev/sda", "p", start, start + PARTITION_SECTORS - 1));
      await(g.mkfs("ext2", "/dev/sda" + number));
    }
  }

  @Test
  void nothingIsMountedAtFirst() {
    assertThat(list(g.mounts())).isEmpty();
    assertThat(get(g.mountpoints())).isEmpty();
    await(g.umountAll());
  }

  @Test
  void mountsInsideOfMounts() {
    mountThree();

    assertThat(list(g.mounts())).containsExactly("/dev/sda1", "/dev/sda3", "/dev/sda2");
    assertThat(get(g.mountpoints()))
        .containsExactly(
            Map.entry("/dev/sda1", "/"),
            Map.entry("/dev/sda3", "/mp1"),
            Map.entry("/dev/sda2", "/mp1/a b"));
    await(g.touch("/mp1/a b/file"));

    await(g.umountAll());

    assertThat(list(g.mounts())).isEmpty();
    await(g.mount("/dev/sda2", "/"));
    assertThat(get(g.exists("/file"))).isTrue();
  }

  @Test
  void unmountsByPathAndByDevice() {
    mountThree();

    assertFails("EBUSY", g.umount("/")).hasMessageContaining("umount: /: ");
    assertFails("EBUSY", g.umount("/dev/sda3")).hasMessageContaining("umount: /mp1: ");
    await(g.umount("/mp1/a b"));
    await(g.umount("/dev/sda3"));
    assertThat(list(g.mounts())).containsExactly("/dev/sda1");
    assertFails("EINVAL", g.umount("/mp1")).hasMessageContaining("/mp1");
    assertFails("EINVAL", g.umount("/dev/sda3")).hasMessageContaining("not mounted");
    assertFails("ENOENT", g.umount("/nowhere")).hasMessageContaining("/nowhere");
    await(g.umount("/"));
    assertThat(list(g.mounts())).isEmpty();
  }

  @Test
  void unmountsLazily() {
    mountThree();

    await(g.umount("/", UmountOptions.defaults().lazyunmount(true)));

    assertThat(list(g.mounts())).isEmpty();
    await(g.mount("/dev/sda1", "/"));
  }

  @Test
  void readOnlyIsReadOnly() {
    make(1);
    await(g.mountRo("/dev/sda1", "/"));
    assertFails("EROFS", g.touch("/file"));
    await(g.umountAll());

    await(g.mountOptions("ro,noatime", "/dev/sda1", "/"));
    assertFails("EROFS", g.touch("/file"));
    await(g.umountAll());

    await(g.mountOptions("", "/dev/sda1", "/"));
    await(g.touch("/file"));
    await(g.umountAll());

    assertFails("", g.mountOptions("no_such_option", "/dev/sda1", "/"))
        .hasMessageContaining("/dev/sda1 on /");
  }

  @Test
  void aMountPointIsADirectoryOfTheGuest() {
    make(2);
    assertFails("EINVAL", g.mount("/dev/sda1", "/mp1")).hasMessageContaining("on / first");
    assertFails("EINVAL", g.mount("/dev/sda1", "mp1")).hasMessageContaining("must start with /");
    assertFails("EINVAL", g.mount("/dev/sda1", "")).hasMessageContaining("must start with /");
    await(g.mount("/dev/sda1", "/"));
    await(g.touch("/file"));

    assertFails("EINVAL", g.mount("/dev/sda2", "mp1")).hasMessageContaining("must start with /");
    assertFails("ENOENT", g.mount("/dev/sda2", "/mp1")).hasMessageContaining("/mp1");
    assertFails("ENOTDIR", g.mount("/dev/sda2", "/file")).hasMessageContaining("not a directory");
    assertThat(list(g.mounts())).containsExactly("/dev/sda1");
  }

  @Test
  void noSymlinkLeadsOutOfTheGuest() {
    make(3);
    await(g.mount("/dev/sda1", "/"));
    await(g.mkdir("/tmp"));
    await(g.lnS("../../../../tmp", "/evil"));
    await(g.lnS("/proc/1/root/tmp", "/absolute"));

    await(g.mount("/dev/sda2", "/evil"));

    assertThat(get(g.mountpoints())).containsEntry("/dev/sda2", "/tmp");
    assertFails("ENOENT", g.mount("/dev/sda3", "/absolute"));
    await(g.umount("/evil"));
    assertThat(list(g.mounts())).containsExactly("/dev/sda1");
  }

  @Test
  void theLastMountOfAPlaceIsTheOneThatIsSeen() {
    make(2);
    await(g.mount("/dev/sda1", "/"));
    await(g.touch("/first"));
    await(g.mount("/dev/sda2", "/"));
    assertThat(get(g.exists("/first"))).isFalse();
    await(g.touch("/second"));

    await(g.umount("/"));

    assertThat(list(g.mounts())).containsExactly("/dev/sda1");
    assertThat(get(g.exists("/first"))).isTrue();
    assertThat(get(g.exists("/second"))).isFalse();
    await(g.umount("/"));
    assertFails("EINVAL", g.exists("/first")).hasMessageContaining("nothing is mounted yet");
  }

  @Test
  void whatIsNoFileSystemIsNotMounted() {
    make(1);
    assertFails("", g.mount("/dev/sdb", "/")).hasMessageContaining("/dev/sdb on /: mount: ");
    assertFails("ENOENT", g.mount("/dev/sdz", "/")).hasMessageContaining("/dev/sdz");
    assertFails("", g.mount("btrfsvol:/dev/sda1/home", "/")).hasMessageContaining("/dev/sda1");
    assertThat(list(g.mounts())).isEmpty();
  }

  @Test
  void mountsAGivenType() {
    make(1);
    await(g.mountVfs("noatime", "ext4", "/dev/sda1", "/"));
    await(g.touch("/file"));
    await(g.umountAll());

    await(g.mountVfs("", "ext2", "/dev/sda1", "/"));
    assertThat(get(g.exists("/file"))).isTrue();
    await(g.umountAll());

    assertFails("", g.mountVfs("", "xfs", "/dev/sda1", "/")).hasMessageContaining("/dev/sda1 on /");
    assertFails("", g.mountVfs("", "inventedfs", "/dev/sda1", "/"));
    assertThat(list(g.mounts())).isEmpty();
  }

  @Test
  void mountsWhatIsInAFile() {
    await(g.mkfs("ext2", "/dev/sdc"));
    await(g.mount("/dev/sdc", "/"));
    await(g.touch("/inside"));
    await(g.umountAll());
    await(g.mkfs("ext4", "/dev/sdb"));
    await(g.mount("/dev/sdb", "/"));
    byte[] image = bytes(g.download("/dev/sdc"));
    await(g.upload(Flux.just(ByteBuffer.wrap(image)), "/an image"));
    await(g.lnS("/an image", "/link"));
    await(g.mkdir("/mp"));

    await(g.mountLoop("/link", "/mp"));

    assertThat(get(g.exists("/mp/inside"))).isTrue();
    await(g.touch("/mp/new"));
    assertThat(get(g.mountpoints())).containsValues("/", "/mp").hasSize(2);
    assertFails("EBUSY", g.umount("/"));
    await(g.umount("/mp"));
    await(g.umount("/"));
    await(g.mountRo("/dev/sdb", "/"));
    await(g.mountLoop("/an image", "/mp"));
    assertThat(get(g.exists("/mp/new"))).isTrue();
    assertFails("EROFS", g.touch("/mp/other"));
    assertFails("ENOENT", g.mountLoop("/nothing", "/mp"));
    assertFails("", g.mountLoop("/mp/new", "/mp"));
  }

  @Test
  void becomesReadOnlyAndWritableAgain() {
    make(1);
    RemountOptions writable = RemountOptions.defaults().rw(true);
    RemountOptions readOnly = RemountOptions.defaults().rw(false);
    await(g.mountOptions("noatime", "/dev/sda1", "/"));

    await(g.remount("/", readOnly));
    assertFails("EROFS", g.touch("/file"));
    await(g.remount("/", writable));
    await(g.mkdir("/directory"));

    assertFails("EINVAL", g.remount("/directory", readOnly)).hasMessageContaining("/directory");
    assertFails("EINVAL", g.remount("/", RemountOptions.defaults())).hasMessageContaining("rw");
    assertFails("ENOENT", g.remount("/nothing", readOnly));
    await(g.umountAll());
    await(g.mountRo("/dev/sda1", "/"));
    await(g.remount("/", writable));
    await(g.touch("/file"));
  }

  @Test
  void mountsBesideEachOther() {
    make(2);
    await(g.mkmountpoint("/one"));
    await(g.mkmountpoint("/two words"));
    assertFails("EINVAL", g.ls("/one")).hasMessageContaining("nothing is mounted");
    await(g.mount("/dev/sda1", "/one"));
    await(g.mount("/dev/sda2", "/two words"));
    await(g.touch("/one/file"));

    assertThat(get(g.mountpoints()))
        .containsExactly(Map.entry("/dev/sda1", "/one"), Map.entry("/dev/sda2", "/two words"));
    assertThat(list(g.ls("/"))).containsExactly("one", "two words");
    assertThat(get(g.exists("/two words/file"))).isFalse();
    assertFails("EBUSY", g.rmmountpoint("/one"));
    assertFails("EEXIST", g.mkmountpoint("/one"));
    assertFails("EINVAL", g.mkmountpoint("relative")).hasMessageContaining("relative");

    await(g.umountAll());
    await(g.rmmountpoint("/one"));
    await(g.rmmountpoint("/two words"));
    assertFails("ENOENT", g.rmmountpoint("/one"));
  }

  private void mountThree() {
    make(3);
    await(g.mount("/dev/sda1", "/"));
    await(g.mkdir("/mp1"));
    await(g.mount("/dev/sda3", "/mp1"));
    await(g.mkdir("/mp1/a b"));
    await(g.mount("/dev/sda2", "/mp1/a b"));
  }
}
