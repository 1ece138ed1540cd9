package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.InitrdDescriptors;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.xdr.GuestString;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The archives are those of cpio(1). */
@Timeout(60)
class InitrdHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @TempDir Path host;

  @BeforeEach
  void makeFiles() throws IOException {
    assumeTrue(Tool.isInstalled("cpio"), "cpio is not installed");
    Files.createDirectory(host.resolve("bin"));
    Files.writeString(host.resolve("bin/nash"), "program");
    Files.writeString(host.resolve("empty"), "");
    Files.writeString(host.resolve("known-4"), "abc\ndef\nghi");
    Files.write(host.resolve("large"), new byte[300_000]);
    Files.createSymbolicLink(host.resolve("init"), Path.of("bin/nash"));
  }

  @ParameterizedTest
  @CsvSource({
    "cat, ''",
    "gzip, -c",
    "bzip2, -c",
    "xz, -c --check=crc32",
    "xz, -c --format=lzma",
    "zstd, -c",
    "lz4, -c",
    "lz4, -c -l",
    "lzop, -c"
  })
  void anInitrdMayBePacked(String program, String options) throws IOException {
    assumeTrue(Tool.isInstalled(program), program + " is not installed");
    Tool packer =
        Tool.of(program).args(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    byte[] archive = cpio("newc", "empty", "bin", "bin/nash", "large", "known-4", "init");
    Files.write(guest.path("/initrd"), packer.input(archive).attempt().outputBytes());

    assertThat(list()).containsExactly("empty", "bin", "bin/nash", "large", "known-4", "init");
    assertThat(cat("known-4")).asString().isEqualTo("abc\ndef\nghi");
    assertThat(cat("empty")).isEmpty();
    assertThat(cat("large")).isEqualTo(new byte[300_000]);
    assertThat(cat("init")).asString().isEqualTo("bin/nash");
    assertFails("ENOENT", () -> cat("known")).hasMessageContaining("known");
    assertFails("ENOENT", () -> cat("/known-4"));
    assertFails("ENOENT", () -> cat("*"));
    assertFails("EISDIR", () -> cat("bin"));
  }

  @Test
  void archivesMayFollowEachOther() throws IOException {
    byte[] microcode = cpio("newc", "known-4");
    byte[] packed = Tool.of("gzip", "-c").input(cpio("crc", "bin/nash")).attempt().outputBytes();
    byte[] gap = new byte[1024];
    Files.write(guest.path("/initrd"), joined(microcode, gap, cpio("newc", "empty"), packed));

    assertThat(list()).containsExactly("known-4", "empty", "bin/nash");
    assertThat(cat("bin/nash")).asString().isEqualTo("program");
    assertThat(cat("known-4")).hasSize(11);
  }

  @Test
  void whatFollowsThePackedArchiveDoesNotMatter() throws IOException {
    byte[] packed = Tool.of("gzip", "-c").input(cpio("newc", "bin/nash")).attempt().outputBytes();
    Files.write(guest.path("/initrd"), joined(packed, new byte[] {1, 2, 3, 4, 5}));

    assertThat(list()).containsExactly("bin/nash");
  }

  @Test
  void ofTwoFilesOfOneNameTheLastCounts() throws IOException {
    byte[] first = cpio("newc", "known-4");
    Files.writeString(host.resolve("known-4"), "new");
    Files.write(guest.path("/initrd"), joined(first, cpio("newc", "known-4")));

    assertThat(list()).containsExactly("known-4", "known-4");
    assertThat(cat("known-4")).asString().isEqualTo("new");
  }

  @Test
  void aFileMayHaveTwoNames() throws IOException {
    Files.createLink(host.resolve("second"), host.resolve("known-4"));
    Files.write(guest.path("/initrd"), cpio("newc", "known-4", "second", "empty"));

    assertThat(cat("known-4")).hasSize(11);
    assertThat(cat("second")).hasSize(11);
  }

  @Test
  void namesAreBytes() throws Exception {
    // Java would not make such a name.
    Tool.of("sh", "-c", "printf text > \"$1\"", "sh", host + "/\udce9 b").run();
    Files.write(guest.path("/initrd"), cpio("newc", "\udce9 b"));

    assertThat(list()).containsExactly("\udce9 b");
    assertThat(cat("\udce9 b")).asString().isEqualTo("text");
    Tool.of("rm", host + "/\udce9 b").run();
  }

  @Test
  void whatDoesNotFitIntoAMessageIsRefused() throws IOException {
    Files.write(host.resolve("large"), new byte[4 << 20]);
    Files.write(guest.path("/initrd"), cpio("newc", "large", "empty"));

    assertFails("E2BIG", () -> cat("large")).hasMessageContaining("large");
    assertThat(list()).hasSize(2);
  }

  @Test
  void whatIsNoInitrdIsRefused() throws IOException {
    byte[] archive = cpio("newc", "known-4", "empty");
    byte[] damaged = archive.clone();
    damaged[3] = 'x';
    byte[] endless = archive.clone();
    Arrays.fill(endless, 94, 102, (byte) 'f');
    byte[] packed = Tool.of("gzip", "-c").input(archive).attempt().outputBytes();

    assertNone(new byte[0], "is empty");
    assertNone("some text".getBytes(UTF_8), "no archive");
    assertNone(Arrays.copyOf(archive, 300), "middle of an archive");
    assertNone(Arrays.copyOf(archive, 50), "middle of an archive");
    assertNone(damaged, "no head");
    assertNone(endless, "4294967295 bytes is not possible");
    assertNone(Tool.of("gzip", "-c").input(new byte[] {1}).attempt().outputBytes(), "no archive");
    Files.write(guest.path("/initrd"), Arrays.copyOf(packed, packed.length / 2));
    assertFails("", this::list).hasMessageContaining("unexpected end of file");
    Files.createDirectory(guest.path("/directory"));
    assertFails("EISDIR", () -> guest.call(InitrdDescriptors.INITRD_LIST, "/directory"));
    assertFails("ENOENT", () -> guest.call(InitrdDescriptors.INITRD_LIST, "/nothing"));
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  private void assertNone(byte[] content, String message) throws IOException {
    Files.write(guest.path("/initrd"), content);
    assertFails("EINVAL", this::list).hasMessageContaining(message);
  }

  private List<String> list() {
    return guest.call(InitrdDescriptors.INITRD_LIST, "/initrd");
  }

  private byte[] cat(String name) {
    return guest.call(InitrdDescriptors.INITRD_CAT, "/initrd", name);
  }

  private byte[] cpio(String format, String... names) {
    byte[] list = GuestString.encode(String.join("\n", names) + "\n");
    try (Directory directory = new Directory(Fd.open(host.toString(), OpenFlags.O_PATH, 0))) {
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      Tool.of("cpio", "--create", "--quiet", "--format=" + format)
          .in(directory)
          .input(list)
          .output(piece -> archive.writeBytes(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(piece))))
          .run();
      return archive.toByteArray();
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer joined =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
