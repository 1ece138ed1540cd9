package io.guestfs.daemon.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.root.GuestRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ToolInsideGuestTests {
  @TempDir private Path temporary;
  private Path guest;
  private GuestRoot root;

  /** A secret beside the guest, and a file of the same path inside it. */
  @BeforeEach
  void makeGuest() throws IOException {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "only root changes the root directory of a process");
    guest = Files.createDirectory(temporary.resolve("guest"));
    Files.writeString(temporary.resolve("secret"), "outside");
    Files.writeString(guest.resolve("secret"), "inside");
    root = GuestRoot.directory(guest.toString());
  }

  @Test
  void pathsAreThoseOfTheGuest() throws IOException {
    Files.createSymbolicLink(guest.resolve("up"), Path.of("../secret"));
    Files.createSymbolicLink(guest.resolve("absolute"), Path.of("/secret"));
    Files.createSymbolicLink(guest.resolve("out"), temporary.resolve("secret"));

    assertThat(cat("/secret")).isEqualTo("inside");
    assertThat(cat("/../../secret")).isEqualTo("inside");
    assertThat(cat("/up")).isEqualTo("inside");
    assertThat(cat("/absolute")).isEqualTo("inside");
    assertThatThrownBy(() -> cat("/out"))
        .isInstanceOf(CallException.class)
        .hasMessageContaining("cat: /out: No such file or directory");
  }

  @Test
  void theProgramsOfTheGuestCannotBeRun() throws IOException {
    Path planted = guest.resolve("usr/bin/gzip");
    Files.createDirectories(planted.getParent());
    Files.copy(Path.of("/bin/true"), planted);

    assertThatThrownBy(() -> Tool.of("env", "/usr/bin/gzip").inside(root).run())
        .isInstanceOf(CallException.class)
        .hasMessageContaining("Permission denied");
  }

  @Test
  void otherProgramsOfOurOwnCanBeStarted() {
    List<String> echo = Tool.commandInside("echo");
    echo.add("hello");

    assertThat(Tool.of("env").args(echo).inside(root).run()).isEqualTo("hello\n");
  }

  @Test
  void inputAndOutputAreStreamed() {
    assertThat(Tool.of("cat").inside(root).input("text".getBytes(UTF_8)).run()).isEqualTo("text");
  }

  @Test
  void somethingHasToBeMounted() {
    GuestRoot bare = GuestRoot.mountPoint(guest.toString());

    assertThatThrownBy(() -> Tool.of("cat", "/secret").inside(bare).run())
        .isInstanceOf(CallException.class)
        .hasMessageContaining("mount");
    assertThatThrownBy(() -> Tool.ofGuest(bare, "/bin/true", List.of()).run())
        .isInstanceOf(CallException.class)
        .hasMessageContaining("mount");
  }

  @Test
  void nothingChangesForTheDaemon() throws IOException {
    String mounts = Files.readString(Path.of("/proc/self/mounts"));

    assertThat(cat("/secret")).isEqualTo("inside");

    assertThat(Files.readString(Path.of("/proc/self/mounts"))).isEqualTo(mounts);
    assertThat(Tool.of("cat", temporary.resolve("secret").toString()).run()).isEqualTo("outside");
    assertThat(Tool.of("pwd").run().strip()).isEqualTo(System.getProperty("user.dir"));
  }

  private String cat(String path) {
    return Tool.of("cat", path).inside(root).run();
  }
}
