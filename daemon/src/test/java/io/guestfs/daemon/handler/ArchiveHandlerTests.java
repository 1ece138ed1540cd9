package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.CpioOutOptions;
import io.guestfs.calls.MksquashfsOptions;
import io.guestfs.calls.wire.ArchiveDescriptors;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.call.CallDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArchiveHandlerTests {
  private static final CpioOutOptions CPIO = CpioOutOptions.defaults();
  private static final MksquashfsOptions SQUASHFS = MksquashfsOptions.defaults();

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @TempDir Path host;

  @BeforeEach
  void makeATree() throws IOException {
    Files.createDirectories(guest.path("/top/sub"));
    Files.writeString(guest.path("/top/sub/-file\n"), "text");
    Files.writeString(guest.path("/top/a.log"), "log");
    Files.createSymbolicLink(guest.path("/top/evil"), guest.outside("."));
    Files.createSymbolicLink(guest.path("/totop"), Path.of("/top"));
  }

  @Test
  void cpioPacksADirectory() throws Exception {
    assumeTrue(Tool.isInstalled("cpio"), "cpio is not installed");

    byte[] archive = cpio("/totop", CPIO);

    assertThat(archive).asString(StandardCharsets.ISO_8859_1).startsWith("070701");
    assertThat(unpackedCpio(archive))
        .containsExactlyInAnyOrder("sub", "sub/-file\n", "a.log", "evil");
    assertThat(cpio("/top", CPIO.format("crc")))
        .asString(StandardCharsets.ISO_8859_1)
        .startsWith("070702");
    assertThat(cpio("/top", CPIO.format("newc"))).hasSameSizeAs(archive);
  }

  @Test
  void cpioNeedsADirectoryAndAFormat() {
    assumeTrue(Tool.isInstalled("cpio"), "cpio is not installed");

    assertFails("EINVAL", () -> cpio("/top", CPIO.format("tar"))).hasMessageContaining("tar");
    assertFails("EINVAL", () -> cpio("/top", CPIO.format("")));
    assertFails("ENOTDIR", () -> cpio("/top/a.log", CPIO)).hasMessageContaining("/top/a.log");
    assertFails("ENOENT", () -> cpio("/top/evil", CPIO));
    assertFails("ENOENT", () -> cpio("/nothing", CPIO)).hasMessageContaining("/nothing");
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  @Test
  void aDirectoryBecomesASquashfs() throws Exception {
    assumeTrue(Tool.isInstalled("mksquashfs"), "mksquashfs is not installed");

    assertThat(unpacked(squashfs("/totop", SQUASHFS)))
        .containsExactlyInAnyOrder("sub", "sub/-file\n", "a.log", "evil");
  }

  @Test
  void patternsLeaveFilesOutOfASquashfs() throws Exception {
    assumeTrue(Tool.isInstalled("mksquashfs"), "mksquashfs is not installed");
    MksquashfsOptions options = SQUASHFS.compress("xz").excludes(List.of("sub/-*", "*.log"));

    assertThat(unpacked(squashfs("/top", options))).containsExactlyInAnyOrder("sub", "evil");
    assertFails("EINVAL", () -> squashfs("/top", SQUASHFS.excludes(List.of("a\nb"))));
    assertFails("", () -> squashfs("/top", SQUASHFS.compress("zip"))).hasMessageContaining("zip");
  }

  @Test
  void aFileBecomesASquashfs() throws Exception {
    assumeTrue(Tool.isInstalled("mksquashfs"), "mksquashfs is not installed");
    Files.createSymbolicLink(guest.path("/link"), Path.of("top/a.log"));

    assertThat(unpacked(squashfs("/link", SQUASHFS))).containsExactly("a.log");
    assertFails("ENOENT", () -> squashfs("/nothing", SQUASHFS)).hasMessageContaining("/nothing");
    assertFails("ENOENT", () -> squashfs("/top/evil", SQUASHFS));
  }

  @Test
  void tarsMayBeCompressedByOlderCalls() throws Exception {
    Files.createDirectory(guest.path("/gzip"));
    Files.createDirectory(guest.path("/xz"));

    byte[] gzip = download(ArchiveDescriptors.TGZ_OUT, "/top");
    byte[] xz = download(ArchiveDescriptors.TXZ_OUT, "/top");
    guest.library().upload(ArchiveDescriptors.TGZ_IN, gzip, null, "/gzip");
    guest.library().upload(ArchiveDescriptors.TXZ_IN, xz, null, "/xz");

    assertThat(gzip).startsWith(0x1f, 0x8b);
    assertThat(xz).startsWith(0xfd, '7', 'z', 'X', 'Z', 0);
    assertThat(guest.path("/gzip/sub/-file\n")).hasContent("text");
    assertThat(guest.path("/xz/a.log")).hasContent("log");
    assertFails("", () -> guest.library().upload(ArchiveDescriptors.TGZ_IN, xz, null, "/gzip"))
        .hasMessageContaining("not in gzip format");
    assertFails("ENOTDIR", () -> download(ArchiveDescriptors.TGZ_OUT, "/top/a.log"));
    assertFails("ENOENT", () -> download(ArchiveDescriptors.TXZ_OUT, "/nothing"));
  }

  private byte[] cpio(String directory, CpioOutOptions options) {
    return guest.library().download(ArchiveDescriptors.CPIO_OUT, options, directory);
  }

  private byte[] squashfs(String path, MksquashfsOptions options) {
    return guest.library().download(ArchiveDescriptors.MKSQUASHFS, options, path);
  }

  private byte[] download(CallDescriptor<?> call, String path) {
    return guest.library().download(call, null, path);
  }

  /** What is in an image, as paths without its root. */
  private List<String> unpacked(byte[] image) throws IOException {
    Path file = Files.write(host.resolve("image"), image);
    Path folder = host.resolve("unpacked");
    Tool.of("unsquashfs", "-f", "-no-xattrs", "-d", folder.toString(), file.toString()).run();
    return below(folder);
  }

  private List<String> unpackedCpio(byte[] archive) throws IOException {
    Path folder = Files.createDirectory(host.resolve("unpacked"));
    try (Directory directory = new Directory(Fd.open(folder.toString(), OpenFlags.O_PATH, 0))) {
      Tool.of("cpio", "-id", "--quiet").in(directory).input(archive).run();
    }
    return below(folder);
  }

  private static List<String> below(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.skip(1).map(path -> folder.relativize(path).toString()).toList();
    }
  }
}
