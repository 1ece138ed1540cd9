package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class LinkHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void lnGivesAFileASecondName() throws IOException {
    Files.createDirectory(guest.path("/d"));
    Files.writeString(guest.path("/d/a"), "text");

    guest.run(LinkDescriptors.LN, "/d/a", "/b");
    guest.run(LinkDescriptors.LN, "d/a", "/c");

    assertThat(Files.isSameFile(guest.path("/d/a"), guest.path("/b"))).isTrue();
    assertThat(Files.getAttribute(guest.path("/c"), "unix:nlink")).isEqualTo(3);
  }

  @Test
  void lnOfALinkIsALinkAndStaysInside() throws IOException {
    Files.createSymbolicLink(guest.path("/out"), guest.outside("secret"));

    guest.run(LinkDescriptors.LN, "/out", "/second");

    assertThat(Files.isSymbolicLink(guest.path("/second"))).isTrue();
    assertFails("ENOENT", () -> guest.run(LinkDescriptors.LN, "../secret", "/third"));
  }

  @Test
  void lnFailsAsTheKernelSays() throws IOException {
    Files.writeString(guest.path("/a"), "");
    Files.writeString(guest.path("/b"), "");
    Files.createDirectory(guest.path("/d"));

    assertFails("EEXIST", () -> guest.run(LinkDescriptors.LN, "/a", "/b"));
    assertFails("ENOENT", () -> guest.run(LinkDescriptors.LN, "/nothing", "/c"));
    assertFails("EPERM", () -> guest.run(LinkDescriptors.LN, "/d", "/c"));
    assertFails("EBUSY", () -> guest.run(LinkDescriptors.LN, "", "/c"));
  }

  @Test
  void lnFReplacesAFile() throws IOException {
    Files.writeString(guest.path("/a"), "a");
    Files.writeString(guest.path("/b"), "b");

    guest.run(LinkDescriptors.LN_F, "/a", "/b");
    guest.run(LinkDescriptors.LN_F, "/a", "/b");
    guest.run(LinkDescriptors.LN_F, "/a", "/c");

    assertThat(guest.path("/b")).hasContent("a");
    assertThat(Files.getAttribute(guest.path("/a"), "unix:nlink")).isEqualTo(3);
    assertThat(guest.root().toFile().list()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void lnFReplacesALinkToADirectory() throws IOException {
    Files.writeString(guest.path("/a"), "a");
    Files.createDirectory(guest.path("/d"));
    Files.createSymbolicLink(guest.path("/tod"), Path.of("d"));

    guest.run(LinkDescriptors.LN_F, "/a", "/tod");

    assertThat(Files.isSymbolicLink(guest.path("/tod"))).isFalse();
    assertThat(guest.path("/tod")).hasContent("a");
    assertThat(guest.path("/d")).isEmptyDirectory();
  }

  @Test
  void whatCannotBeReplacedStays() throws IOException {
    Files.createDirectories(guest.path("/d/a/full"));
    Files.writeString(guest.path("/a"), "");

    assertFails("EISDIR", () -> guest.run(LinkDescriptors.LN_F, "/a", "/d"));
    assertFails("EISDIR", () -> guest.run(LinkDescriptors.LN_SF, "x/a", "/d"));
    assertFails("ENOENT", () -> guest.run(LinkDescriptors.LN_F, "/nothing", "/a"));

    assertThat(guest.path("/a")).exists();
    assertThat(guest.path("/d").toFile().list()).containsExactly("a");
  }

  @Test
  void lnSfReplacesAFileButGoesIntoADirectory() throws IOException {
    Files.createDirectory(guest.path("/d"));
    Files.createSymbolicLink(guest.path("/tod"), Path.of("d"));
    Files.createSymbolicLink(guest.path("/loop"), Path.of("loop"));
    Files.writeString(guest.path("/file"), "");

    guest.run(LinkDescriptors.LN_SF, "../x y", "/file");
    guest.run(LinkDescriptors.LN_SF, "new", "/loop");
    guest.run(LinkDescriptors.LN_SF, "over/there/", "/tod");

    assertThat(Files.readSymbolicLink(guest.path("/file"))).hasToString("../x y");
    assertThat(Files.readSymbolicLink(guest.path("/loop"))).hasToString("new");
    assertThat(guest.call(LinkDescriptors.READLINK, "/d/there")).isEqualTo("over/there/");
  }

  @Test
  void aListOfLinksHasGaps() throws IOException {
    guest.run(LinkDescriptors.LN_S, "a\n\udcff", "/one");
    Files.writeString(guest.path("/file"), "");
    List<String> names = List.of("one", "file", "nothing", "one");

    assertThat(guest.call(InternalDescriptors.INTERNAL_READLINKLIST, "/", names))
        .containsExactly("a\n\udcff", "", "", "a\n\udcff");
    assertFails(
        "EINVAL",
        () -> guest.call(InternalDescriptors.INTERNAL_READLINKLIST, "/", List.of("../secret")));
    assertFails(
        "ENOTDIR", () -> guest.call(InternalDescriptors.INTERNAL_READLINKLIST, "/file", names));
  }
}
