package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.wire.WipeDescriptors;
import io.guestfs.daemon.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files alone: what fills a file system or a device is tested in the appliance. */
@Timeout(60)
class WipeHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void needScrub() {
    assumeTrue(Tool.isInstalled("scrub"), "scrub is not installed");
  }

  @Test
  void aFileIsWrittenOverAndRemoved() throws IOException {
    Path file = Files.writeString(guest.path("/-a file\n"), "secret text");
    Path other = guest.path("/other");
    Files.createLink(other, file);

    guest.run(WipeDescriptors.SCRUB_FILE, "/-a file\n");

    assertThat(file).doesNotExist();
    assertThat(other).isNotEmptyFile();
    assertThat(Files.readAllBytes(other)).asString().doesNotContain("secret");
  }

  @Test
  void aLinkIsFollowedAndStays() throws IOException {
    Files.createDirectory(guest.path("/directory"));
    Path file = Files.writeString(guest.path("/directory/file"), "secret text");
    Path link = Files.createSymbolicLink(guest.path("/link"), Path.of("/directory/file"));

    guest.run(WipeDescriptors.SCRUB_FILE, "/link");

    assertThat(file).doesNotExist();
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertFails("ENOENT", () -> guest.run(WipeDescriptors.SCRUB_FILE, "/link"));
  }

  @Test
  void noLinkLeadsOut() throws IOException {
    Files.createSymbolicLink(guest.path("/evil"), guest.outside("secret"));
    Files.createSymbolicLink(guest.path("/up"), Path.of("../secret"));

    assertFails("ENOENT", () -> guest.run(WipeDescriptors.SCRUB_FILE, "/evil"));
    assertFails("ENOENT", () -> guest.run(WipeDescriptors.SCRUB_FILE, "/up"));

    assertThat(guest.outside("secret")).hasContent(ServedGuest.SECRET);
  }

  @Test
  void onlyFilesAreScrubbed() throws Exception {
    Path directory = Files.createDirectory(guest.path("/directory"));
    Root.exec("mkfifo", guest.path("/fifo").toString());
    Files.createSymbolicLink(guest.path("/loop"), Path.of("loop"));

    assertFails("EISDIR", () -> guest.run(WipeDescriptors.SCRUB_FILE, "/directory"));
    assertFails("EINVAL", () -> guest.run(WipeDescriptors.SCRUB_FILE, "/fifo"));
    assertFails("ELOOP", () -> guest.run(WipeDescriptors.SCRUB_FILE, "/loop"));
    assertFails("ENOENT", () -> guest.run(WipeDescriptors.SCRUB_FILE, "/nothing"))
        .hasMessageContaining("/nothing");
    assertThat(Files.exists(directory, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void freeSpaceIsFilledInAFolderOfItsOwn() throws IOException {
    Files.createDirectory(guest.path("/directory"));

    assertFails("EEXIST", () -> guest.run(WipeDescriptors.SCRUB_FREESPACE, "/directory"))
        .hasMessageContaining("/directory");
    assertFails("ENOENT", () -> guest.run(WipeDescriptors.SCRUB_FREESPACE, "/no/where"));
    assertFails("ENOENT", () -> guest.run(WipeDescriptors.ZERO_FREE_SPACE, "/nothing"));
  }
}
