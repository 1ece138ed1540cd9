package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.bytes;
import static io.guestfs.storage.StorageMachine.list;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

/** Disks that fail. */
@ExtendWith(StorageMachine.class)
@Timeout(300)
class FaultyDiskIntegrationTests {
  private static final int MEGABYTE = 1024 * 1024;
  private static final int PIECE = 32 * 1024;

  private final Guestfs g;

  FaultyDiskIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @BeforeEach
  void makePoints() {
    await(g.mkmountpoint("/host"));
    await(g.mkmountpoint("/guest"));
  }

  @AfterEach
  void removePoints() {
    await(g.umountAll());
    await(g.rmmountpoint("/guest"));
    await(g.rmmountpoint("/host"));
  }

  /** btrfs has checksums of content, so what was damaged is as unreadable as a bad sector. */
  @Test
  void whatCannotBeReadIsAnError() {
    await(g.partInit("/dev/sda", "gpt"));
    await(g.partAdd("/dev/sda", "p", 2048, 2048 + 128 * 2048 - 1));
    await(g.mkfs("btrfs", "/dev/sda1"));
    await(g.mount("/dev/sda1", "/guest"));
    await(g.fillPattern("pattern", MEGABYTE, "/guest/file"));
    await(g.touch("/guest/other"));
    await(g.umountAll());
    damage("/dev/sda1", "patternpattern");
    await(g.mount("/dev/sda1", "/guest"));

    assertThatThrownBy(() -> await(g.checksum("sha256", "/guest/file")))
        .isInstanceOf(GuestfsException.class);
    assertFails("EIO", g.pread("/guest/file", 4096, 0));
    // To a copy on the same btrfs nothing is read: it shares the blocks.
    await(g.mkfs("ext2", "/dev/sdb"));
    await(g.mount("/dev/sdb", "/host"));
    assertFails("", g.cp("/guest/file", "/host/copy")).hasMessageContaining("Input/output error");
    assertThatThrownBy(() -> await(g.download("/guest/file"))).isInstanceOf(GuestfsException.class);

    assertThat(list(g.ls("/guest"))).contains("file", "other");
  }

  private void damage(String device, String content) {
    byte[] start = bytes(g.downloadOffset(device, 0, 64L * MEGABYTE));
    int found = new String(start, ISO_8859_1).indexOf(content);
    assertThat(found).isPositive();
    byte[] garbage = new byte[] {1, 2, 3, 4};
    await(g.uploadOffset(Flux.just(ByteBuffer.wrap(garbage)), device, found));
  }

  /** The disk is a sparse image in a file system that is full. */
  @Test
  void whatCannotBeWrittenIsAnError() {
    await(g.partInit("/dev/sda", "gpt"));
    await(g.partAdd("/dev/sda", "p", 2048, 2048 + 32 * 2048 - 1));
    await(g.mkfs("ext2", "/dev/sda1"));
    await(g.mkfs("ext2", "/dev/sdc"));
    await(g.mount("/dev/sdc", "/host"));
    copySparse("/dev/sda1", "/host/image");
    await(g.mountLoop("/host/image", "/guest"));

    await(g.fillPattern("pattern", 12 * MEGABYTE, "/guest/file"));
    assertFails("EIO", g.sync());
    await(g.fillPattern("pattern", 12 * MEGABYTE, "/guest/other"));
    assertFails("EIO", g.umountAll());

    assertThat(list(g.mounts())).isEmpty();
  }

  private void copySparse(String device, String file) {
    byte[] content = bytes(g.download(device));
    await(g.touch(file));
    await(g.truncateSize(file, content.length));
    byte[] zeroes = new byte[PIECE];
    for (int at = 0; at < content.length; at += PIECE) {
      if (!Arrays.equals(content, at, at + PIECE, zeroes, 0, PIECE)) {
        await(g.uploadOffset(Flux.just(ByteBuffer.wrap(content, at, PIECE)), file, at));
      }
    }
  }
}
