package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.DirectoryDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import io.guestfs.calls.wire.SpaceDescriptors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class SpaceHandlerTests {
  private static final long HUGE = 5L << 30;

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void truncateCutsAndLengthens() throws IOException {
    Files.writeString(guest.path("/file"), "0123456789");
    guest.run(LinkDescriptors.LN_S, "file", "/link");

    guest.run(SpaceDescriptors.TRUNCATE_SIZE, "/link", 4L);
    assertThat(guest.path("/file")).hasContent("0123");
    guest.run(SpaceDescriptors.TRUNCATE_SIZE, "/file", HUGE);
    assertThat(Files.size(guest.path("/file"))).isEqualTo(HUGE);
    guest.run(SpaceDescriptors.TRUNCATE, "/link");
    assertThat(guest.path("/file")).isEmptyFile();
    assertFails("ENOENT", () -> guest.run(SpaceDescriptors.TRUNCATE, "/nothing"));
    assertFails("EISDIR", () -> guest.run(SpaceDescriptors.TRUNCATE, "/"));
    assertFails("EINVAL", () -> guest.run(SpaceDescriptors.TRUNCATE_SIZE, "/file", -1L));
  }

  @Test
  void fallocateSetsBlocksAside() throws IOException {
    Files.writeString(guest.path("/file"), "x".repeat(100_000));

    guest.run(SpaceDescriptors.FALLOCATE64, "/file", 1_000_000L);
    guest.run(SpaceDescriptors.FALLOCATE, "/other", 1000);

    assertThat(Files.readAllBytes(guest.path("/file"))).isEqualTo(new byte[1_000_000]);
    assertThat(guest.call(SpaceDescriptors.DU, "/file")).isGreaterThanOrEqualTo(976);
    assertThat(Files.size(guest.path("/other"))).isEqualTo(1000);
    assertFails("EINVAL", () -> guest.run(SpaceDescriptors.FALLOCATE, "/file", -1));
    assertFails("EINVAL", () -> guest.run(SpaceDescriptors.FALLOCATE64, "/file", 0L));
    assertThat(Files.size(guest.path("/file"))).isEqualTo(1_000_000);
  }

  @Test
  void fillWritesOneByte() {
    guest.run(SpaceDescriptors.FILL, 0x63, 10, "/file");
    assertThat(guest.path("/file")).hasContent("cccccccccc");
    guest.run(SpaceDescriptors.FILL, 255, 200_000, "/file");
    guest.run(SpaceDescriptors.FILL, 0, 0, "/empty");

    assertThat(guest.path("/file")).hasSize(200_000);
    assertThat(guest.path("/empty")).isEmptyFile();
    assertFails("EINVAL", () -> guest.run(SpaceDescriptors.FILL, 256, 1, "/file"));
    assertFails("EINVAL", () -> guest.run(SpaceDescriptors.FILL, -1, 1, "/file"));
    assertFails("EINVAL", () -> guest.run(SpaceDescriptors.FILL, 1, -1, "/file"));
  }

  @Test
  void fillDirMakesNumberedFiles() throws IOException {
    Files.createDirectory(guest.path("/dir"));

    guest.run(SpaceDescriptors.FILL_DIR, "/dir", 12);
    guest.run(SpaceDescriptors.FILL_DIR, "/dir", 0);

    assertThat(guest.path("/dir").toFile().list())
        .hasSize(12)
        .contains("00000000", "00000009", "00000011");
    assertFails("ENOENT", () -> guest.run(SpaceDescriptors.FILL_DIR, "/no", 1));
    assertFails("EINVAL", () -> guest.run(SpaceDescriptors.FILL_DIR, "/dir", -1));
  }

  @Test
  void duCountsWhatIsBelowAndFollowsNoLink() throws IOException {
    Files.createDirectory(guest.path("/-dir"));
    Files.write(guest.path("/-dir/a"), new byte[1 << 20]);
    guest.run(LinkDescriptors.LN_S, "/-dir", "/link");
    guest.run(LinkDescriptors.LN_S, guest.outside(".").toString(), "/-dir/out");

    assertThat(guest.call(SpaceDescriptors.DU, "/-dir")).isBetween(1024L, 1100L);
    assertThat(guest.call(SpaceDescriptors.DU, "/link")).isLessThan(100);
    assertThat(guest.call(SpaceDescriptors.DU, "/link/")).isBetween(1024L, 1100L);
    assertThat(guest.call(SpaceDescriptors.DU, "/-dir/.")).isBetween(1024L, 1100L);
    assertThat(guest.call(SpaceDescriptors.DU, "/-dir/..")).isBetween(1024L, 1200L);
    assertThat(guest.call(SpaceDescriptors.DU, "/")).isBetween(1024L, 1200L);
    assertFails("ENOENT", () -> guest.call(SpaceDescriptors.DU, "/nothing"));
  }

  @Test
  void zeroesAreTold() throws IOException {
    Files.write(guest.path("/zero"), new byte[1_000_000]);
    Files.write(guest.path("/empty"), new byte[0]);
    byte[] last = new byte[1_000_000];
    last[last.length - 1] = 1;
    Files.write(guest.path("/last"), last);

    assertThat(guest.call(SpaceDescriptors.IS_ZERO, "/zero")).isTrue();
    assertThat(guest.call(SpaceDescriptors.IS_ZERO, "/empty")).isTrue();
    assertThat(guest.call(SpaceDescriptors.IS_ZERO, "/last")).isFalse();
    assertFails("EISDIR", () -> guest.call(SpaceDescriptors.IS_ZERO, "/"));
    assertFails("ENOENT", () -> guest.call(SpaceDescriptors.IS_ZERO, "/nothing"));
  }

  @Test
  void holesAreNotRead() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(guest.path("/sparse").toFile(), "rw")) {
      file.setLength(1L << 40);
      assertThat(guest.call(SpaceDescriptors.IS_ZERO, "/sparse")).isTrue();
      file.seek(3L << 38);
      file.write(1);
    }
    assertThat(guest.call(SpaceDescriptors.IS_ZERO, "/sparse")).isFalse();
  }

  @Test
  void directoriesAreMadeWithAModeAndRemoved() throws IOException {
    guest.run(DirectoryDescriptors.MKDIR_MODE, "/dir", 0111);
    guest.run(DirectoryDescriptors.MKDIR_MODE, "/wide", 041777);
    Files.writeString(guest.path("/file"), "");
    Files.writeString(guest.path("/wide/file"), "");

    assertThat(Files.getAttribute(guest.path("/dir"), "unix:mode")).isEqualTo(040111);
    assertThat(Files.getAttribute(guest.path("/wide"), "unix:mode")).isEqualTo(041755);
    guest.run(DirectoryDescriptors.RMDIR, "/dir");
    assertThat(guest.path("/dir")).doesNotExist();
    assertFails("ENOENT", () -> guest.run(DirectoryDescriptors.RMDIR, "/dir"));
    assertFails("ENOTDIR", () -> guest.run(DirectoryDescriptors.RMDIR, "/file"));
    assertFails("ENOTEMPTY", () -> guest.run(DirectoryDescriptors.RMDIR, "/wide"));
    assertFails("EINVAL", () -> guest.run(DirectoryDescriptors.MKDIR_MODE, "/x", -1));
    assertFails("EEXIST", () -> guest.run(DirectoryDescriptors.MKDIR_MODE, "/wide", 0700));
  }
}
