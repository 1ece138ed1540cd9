package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.bytes;
import static io.guestfs.storage.StorageMachine.get;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.NtfsChmodOptions;
import io.guestfs.calls.NtfscloneOutOptions;
import io.guestfs.calls.NtfsfixOptions;
import io.guestfs.calls.NtfsresizeOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class NtfsIntegrationTests {
  private static final String DEVICE = "/dev/sdc";
  private static final long MEGABYTE = 1024L * 1024L;
  private static final int NO_NTFS = 12;

  private final Guestfs g;

  NtfsIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void probes() {
    await(g.mkfs("ntfs", DEVICE));
    assertThat(get(g.ntfs3gProbe(true, DEVICE))).isZero();
    assertThat(get(g.ntfs3gProbe(false, DEVICE))).isZero();

    await(g.mkfs("ext2", DEVICE));
    assertThat(get(g.ntfs3gProbe(true, DEVICE))).isEqualTo(NO_NTFS);
  }

  @Test
  void aFileIsReadByItsNumber() {
    makeWithFile();
    long inode = get(g.lstatns("/file")).stIno();
    await(g.umountAll());

    assertThat(new String(bytes(g.ntfscatI(DEVICE, inode)), UTF_8)).isEqualTo("content");
    // The master file table itself.
    assertThat(new String(bytes(g.ntfscatI(DEVICE, 0)), ISO_8859_1)).startsWith("FILE");
    assertFails("EINVAL", g.ntfscatI(DEVICE, -1)).hasMessageContaining("inode -1");
    assertFails("", g.ntfscatI(DEVICE, 1_000_000)).hasMessageContaining("ntfscat: ");
  }

  @Test
  void aCopyIsRestored() {
    makeWithFile();
    await(g.umountAll());

    byte[] image = bytes(g.ntfscloneOut(DEVICE));
    await(g.zero(DEVICE));
    await(g.ntfscloneIn(Flux.just(ByteBuffer.wrap(image)), DEVICE));

    await(g.mount(DEVICE, "/"));
    assertThat(get(g.cat("/file"))).isEqualTo("content");
    await(g.umountAll());
    NtfscloneOutOptions options = NtfscloneOutOptions.defaults();
    assertThat(
            bytes(
                g.ntfscloneOut(
                    DEVICE,
                    options
                        .metadataonly(true)
                        .rescue(true)
                        .ignorefscheck(true)
                        .preservetimestamps(true)
                        .force(true))))
        .isNotEmpty();
    assertFails("", g.ntfscloneOut("/dev/sdb")).hasMessageContaining("ntfsclone: ");
    assertFails("", g.ntfscloneIn(Flux.empty(), DEVICE));
  }

  @Test
  void resizesAndFixes() {
    await(g.partInit("/dev/sda", "mbr"));
    await(g.partAdd("/dev/sda", "p", 2048, 2048 + 64 * 2048 - 1));
    await(g.mkfs("ntfs", "/dev/sda1"));

    await(g.ntfsresize("/dev/sda1", NtfsresizeOptions.defaults().size(32 * MEGABYTE)));
    assertThat(size("/dev/sda1")).isBetween(31 * MEGABYTE, 32 * MEGABYTE);

    // It is marked now.
    assertFails("", g.ntfsresize("/dev/sda1")).hasMessageContaining("ntfsresize: ");
    await(g.ntfsresize("/dev/sda1", NtfsresizeOptions.defaults().force(true)));
    assertThat(size("/dev/sda1")).isBetween(63 * MEGABYTE, 64 * MEGABYTE);
    await(g.ntfsfix("/dev/sda1"));
    await(g.ntfsfix("/dev/sda1", NtfsfixOptions.defaults().clearbadsectors(true)));
    assertThat(get(g.ntfs3gProbe(true, "/dev/sda1"))).isZero();

    assertFails("EINVAL", g.ntfsresize("/dev/sda1", NtfsresizeOptions.defaults().size(0)));
    assertFails("", g.ntfsfix("/dev/sdb"));
  }

  @Test
  void chmodSetsPermissions() {
    makeWithFile();
    await(g.mkdir("/directory"));
    await(g.touch("/directory/in it"));
    await(g.umountAll());

    await(g.ntfsChmod(DEVICE, 0640, "/file"));
    await(g.ntfsChmod(DEVICE, 0700, "/directory", NtfsChmodOptions.defaults().recursive(true)));

    await(g.mountOptions("permissions", DEVICE, "/"));
    assertThat(get(g.lstatns("/file")).stMode() & 0777).isEqualTo(0640);
    assertThat(get(g.lstatns("/directory/in it")).stMode() & 0777).isEqualTo(0700);
    await(g.umountAll());
    assertFails("EINVAL", g.ntfsChmod(DEVICE, -1, "/file"));
    assertFails("EINVAL", g.ntfsChmod(DEVICE, 0600, "file"));
    assertFails("", g.ntfsChmod(DEVICE, 0600, "/nothing"));
  }

  @SuppressWarnings("deprecation")
  @Test
  void ntfsresizeSizeIsTheOldName() {
    await(g.mkfs("ntfs", DEVICE));

    await(g.ntfsresizeSize(DEVICE, 8 * MEGABYTE));

    assertThat(size(DEVICE)).isBetween(7 * MEGABYTE, 8 * MEGABYTE);
    assertFails("EINVAL", g.ntfsresizeSize(DEVICE, -1));
  }

  private void makeWithFile() {
    await(g.mkfs("ntfs", DEVICE));
    await(g.mount(DEVICE, "/"));
    await(g.write("/file", "content".getBytes(UTF_8)));
  }

  /** In its boot sector, in units of sectors. */
  private long size(String device) {
    byte[] sector = bytes(g.downloadOffset(device, 0, 512));
    return ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN).getLong(0x28) * 512;
  }
}
