package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.SwapDescriptors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turning on is for the appliance: a host would begin to swap. */
@Timeout(60)
class SwapHandlerTests {
  private static final int SIZE = 1024 * 1024;
  private static final String MAGIC = "SWAPSPACE2";

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @ParameterizedTest
  @ValueSource(strings = {"/swap", "/swap file\nwith-lines", "/-x"})
  void mkswapFileMakesASwapArea(String path) throws IOException {
    allocate(path.substring(1));

    guest.run(SwapDescriptors.MKSWAP_FILE, path);

    assertThat(magic(guest.path(path))).isEqualTo(MAGIC);
  }

  @Test
  void linksStayInside() throws IOException {
    allocate("target");
    Files.createSymbolicLink(guest.path("/link"), Path.of("/target"));
    Files.createSymbolicLink(guest.path("/evil"), guest.outside("secret"));

    guest.run(SwapDescriptors.MKSWAP_FILE, "/link");

    assertThat(magic(guest.path("/target"))).isEqualTo(MAGIC);
    assertFails("ENOENT", () -> guest.run(SwapDescriptors.MKSWAP_FILE, "/evil"));
    assertThat(guest.outside("secret")).hasContent(ServedGuest.SECRET);
  }

  @Test
  void onlyAFileThatIsLargeEnoughWillDo() throws IOException {
    Files.writeString(guest.path("/small"), "small");
    Files.createDirectory(guest.path("/directory"));

    assertFails("", () -> guest.run(SwapDescriptors.MKSWAP_FILE, "/small"))
        .hasMessageContaining("mkswap: ");
    assertFails("EISDIR", () -> guest.run(SwapDescriptors.MKSWAP_FILE, "/directory"));
    assertFails("ENOENT", () -> guest.run(SwapDescriptors.MKSWAP_FILE, "/nothing"));
    assertFails("ENOENT", () -> guest.run(SwapDescriptors.SWAPON_FILE, "/nothing"));
    assertFails("ENOENT", () -> guest.run(SwapDescriptors.SWAPOFF_FILE, "/nothing"));
  }

  private void allocate(String name) throws IOException {
    Files.write(guest.root().resolve(name), new byte[SIZE]);
  }

  /** At the end of the first page, which has the size that most machines have. */
  private static String magic(Path file) throws IOException {
    byte[] page = new byte[4096];
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      reader.readFully(page);
    }
    return new String(
        Arrays.copyOfRange(page, page.length - MAGIC.length(), page.length), US_ASCII);
  }
}
