package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.CompressDeviceOutOptions;
import io.guestfs.calls.CompressOutOptions;
import io.guestfs.calls.wire.CompressionDescriptors;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.daemon.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CompressionHandlerTests {
  private static final CompressOutOptions NONE = CompressOutOptions.defaults();

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @ParameterizedTest
  @CsvSource({
    "compress, gzip",
    "gzip, gzip",
    "bzip2, bzip2",
    "xz, xz",
    "lzma, xz",
    "zstd, zstd",
    "lzop, lzop"
  })
  void contentIsCompressed(String type, String unpacker) throws IOException {
    assumeTrue(Tool.isInstalled(type.equals("lzma") ? "xz" : type), type + " is not installed");
    byte[] content = "compressible ".repeat(50_000).getBytes(US_ASCII);
    Files.write(guest.path("/-file"), content);

    byte[] packed = out(type, "/-file", NONE);

    assertThat(packed).hasSizeLessThan(content.length / 10);
    assertThat(Tool.of(unpacker, "-dc").input(packed).attempt().outputBytes()).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({"compress", "gzip", "bzip2", "xz", "lzop", "zstd"})
  void whatDoesNotShrinkIsNoError(String type) throws IOException {
    assumeTrue(Tool.isInstalled(type), type + " is not installed");
    byte[] random = new byte[100_000];
    new Random(1).nextBytes(random);
    Files.write(guest.path("/random"), random);
    Files.write(guest.path("/empty"), new byte[0]);

    assertThat(out(type, "/random", NONE)).hasSizeGreaterThan(90_000);
    out(type, "/empty", NONE);
  }

  @Test
  void levelsDiffer() throws IOException {
    Random random = new Random(1);
    byte[] content = new byte[500_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) random.nextInt(4);
    }
    Files.write(guest.path("/file"), content);

    assertThat(out("gzip", "/file", NONE.level(9)).length)
        .isLessThan(out("gzip", "/file", NONE.level(1)).length);
  }

  @Test
  void aLevelHasToBePossible() throws IOException {
    Files.writeString(guest.path("/file"), "text");

    assertFails("EINVAL", () -> out("gzip", "/file", NONE.level(0)))
        .hasMessageContaining("1 and 9");
    assertFails("EINVAL", () -> out("gzip", "/file", NONE.level(10)));
    assertFails("EINVAL", () -> out("gzip", "/file", NONE.level(-1)));
    assertFails("EINVAL", () -> out("xz", "/file", NONE.level(10))).hasMessageContaining("0 and 9");
    assertThat(out("xz", "/file", NONE.level(0))).isNotEmpty();
    if (Tool.isInstalled("compress")) {
      assertFails("EINVAL", () -> out("compress", "/file", NONE.level(1)))
          .hasMessageContaining("no levels");
    }
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    Files.createDirectory(guest.path("/directory"));
    Files.writeString(guest.path("/file"), "text");
    Files.createSymbolicLink(guest.path("/evil"), guest.outside("secret"));

    assertFails("EINVAL", () -> out("zip", "/file", NONE)).hasMessageContaining("zip");
    assertFails("EINVAL", () -> out("", "/file", NONE));
    assertFails("EISDIR", () -> out("gzip", "/directory", NONE));
    assertFails("ENOENT", () -> out("gzip", "/nothing", NONE)).hasMessageContaining("/nothing");
    assertFails("ENOENT", () -> out("gzip", "/evil", NONE));
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  @Test
  void devicesAreCompressedToo() {
    CompressDeviceOutOptions options = CompressDeviceOutOptions.defaults().level(1);
    byte[] packed =
        guest
            .library()
            .download(CompressionDescriptors.COMPRESS_DEVICE_OUT, options, "gzip", "/dev/null");

    assertThat(Tool.of("gzip", "-dc").input(packed).run()).isEmpty();
  }

  @Test
  void zfileLooksInside() throws IOException {
    Files.writeString(guest.path("/text"), "plain text\n");
    Files.write(guest.path("/text.gz"), out("gzip", "/text", NONE));
    Files.write(guest.path("/text.bz2"), out("bzip2", "/text", NONE));
    byte[] large = new byte[5_000_000];
    Arrays.fill(large, (byte) 'a');
    Files.write(guest.path("/large"), large);
    Files.write(guest.path("/large.gz"), out("gzip", "/large", NONE));

    assertThat(zfile("gzip", "/text.gz")).isEqualTo("ASCII text");
    assertThat(zfile("bzip2", "/text.bz2")).isEqualTo("ASCII text");
    assertThat(zfile("compress", "/large.gz")).startsWith("ASCII text");
    assertFails("EINVAL", () -> zfile("xz", "/text")).hasMessageContaining("xz");
    assertFails("", () -> zfile("gzip", "/text")).hasMessageContaining("not in gzip format");
    assertFails("ENOENT", () -> zfile("gzip", "/nothing"));
  }

  private byte[] out(String type, String path, CompressOutOptions options) {
    return guest.library().download(CompressionDescriptors.COMPRESS_OUT, options, type, path);
  }

  private String zfile(String method, String path) {
    return guest.call(FileDescriptors.ZFILE, method, path);
  }
}
