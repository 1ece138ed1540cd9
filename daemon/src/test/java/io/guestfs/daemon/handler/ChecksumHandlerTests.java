package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.guestfs.calls.wire.ChecksumDescriptors;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.xdr.GuestString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ChecksumHandlerTests {
  private static final String SHA1_OF_ABC = "a9993e364706816aba3e25717850c26c9cd0d89d";

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  /** Of "abc": FIPS 180-4 and RFC 1321 have them as examples; POSIX cksum appends the length. */
  @ParameterizedTest
  @CsvSource({
    "crc, 1219131554",
    "md5, 900150983cd24fb0d6963f7d28e17f72",
    "sha1, " + SHA1_OF_ABC,
    "SHA1, " + SHA1_OF_ABC,
    "sha224, 23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
    "sha256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
        + "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    "sha512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
  })
  void checksumsAreWellKnown(String type, String sum) throws IOException {
    Files.writeString(guest.path("/abc"), "abc");
    Files.createSymbolicLink(guest.path("/link"), Path.of("/abc"));

    assertThat(guest.call(ChecksumDescriptors.CHECKSUM, type, "/abc")).isEqualTo(sum);
    assertThat(guest.call(ChecksumDescriptors.CHECKSUM, type, "/link")).isEqualTo(sum);
  }

  @Test
  void onlyFilesHaveAChecksum() throws IOException {
    Files.createSymbolicLink(guest.path("/evil"), Path.of("../secret"));

    assertFails("EISDIR", () -> guest.call(ChecksumDescriptors.CHECKSUM, "md5", "/"));
    assertFails("ENOENT", () -> guest.call(ChecksumDescriptors.CHECKSUM, "md5", "/nothing"));
    assertFails("ENOENT", () -> guest.call(ChecksumDescriptors.CHECKSUM, "md5", "/evil"));
  }

  @Test
  void typesAreListedWhenOneIsNotKnown() throws IOException {
    Files.writeString(guest.path("/abc"), "abc");

    assertFails("EINVAL", () -> guest.call(ChecksumDescriptors.CHECKSUM, "sha3", "/abc"))
        .hasMessageContaining("sha3")
        .hasMessageContaining("sha512");
    assertFails("EINVAL", () -> checksums("md6", "/"));
  }

  @Test
  void aTypeMayBeMissing() throws IOException {
    assumeFalse(Tool.isInstalled("gostsum"), "this machine has gostsum");
    Files.writeString(guest.path("/abc"), "abc");

    assertFails("ENOTSUP", () -> guest.call(ChecksumDescriptors.CHECKSUM, "gost", "/abc"))
        .hasMessageContaining("gostsum");
  }

  @Test
  void allFilesBelowADirectoryHaveALine() throws IOException {
    Files.createDirectories(guest.path("/top/sub"));
    Files.writeString(guest.path("/top/sub/abc"), "abc");
    Files.writeString(guest.path("/top/-c"), "abc");
    Files.writeString(guest.path("/top/new\nline"), "abc");
    Files.createSymbolicLink(guest.path("/top/link"), Path.of("sub/abc"));
    Files.createSymbolicLink(guest.path("/top/evil"), guest.outside("."));
    Files.createSymbolicLink(guest.path("/totop"), Path.of("/top"));

    assertThat(checksums("sha1", "/totop").lines())
        .containsExactlyInAnyOrder(
            SHA1_OF_ABC + "  ./sub/abc",
            SHA1_OF_ABC + "  ./-c",
            "\\" + SHA1_OF_ABC + "  ./new\\nline");
    assertThat(checksums("crc", "/top/sub")).isEqualTo("1219131554 3 ./abc\n");
  }

  @Test
  void noFilesHaveNoLines() {
    assertThat(checksums("md5", "/")).isEmpty();
    assertFails("ENOENT", () -> checksums("md5", "/nothing"));
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Files.writeString(guest.path("/abc"), "abc");

    assertFails("ENOTDIR", () -> checksums("md5", "/abc")).hasMessageContaining("/abc");
  }

  private String checksums(String type, String directory) {
    return GuestString.decode(
        guest.library().download(ChecksumDescriptors.CHECKSUMS_OUT, null, type, directory));
  }
}
