package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.Guestfs;
import io.guestfs.calls.StatNS;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class HostCopyIntegrationTests {
  private final Guestfs g;

  @TempDir Path host;

  HostCopyIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @BeforeEach
  void makeAFileSystem() {
    await(g.mkfs("ext4", "/dev/sdb"));
    await(g.mount("/dev/sdb", "/"));
    await(g.mkdir("/in"));
  }

  @Test
  void aTreeSurvivesTheWayInAndOut() throws IOException {
    Path tree = Files.createDirectories(host.resolve("tree/" + "d".repeat(120)));
    Path file = Files.write(tree.resolve("file ä\n"), new byte[3_000_001]);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    Files.createLink(tree.resolve("hard"), file);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("/" + "x".repeat(150)));
    Files.createDirectory(tree.resolve("empty"));

    await(g.copyIn(host.resolve("tree").toString(), "/in"));
    String inGuest = "/in/tree/" + "d".repeat(120);
    StatNS status = get(g.statns(inGuest + "/file ä\n"));
    assertThat(status.stSize()).isEqualTo(3_000_001);
    assertThat(status.stMode() & 07777).isEqualTo(0751);
    assertThat(status.stNlink()).isEqualTo(2);

    Path out = Files.createDirectory(host.resolve("out"));
    await(g.copyOut("/in/tree", out.toString()));
    Path copy = out.resolve("tree/" + "d".repeat(120));
    assertThat(copy.resolve("file ä\n")).hasSameBinaryContentAs(file);
    assertThat(Files.getPosixFilePermissions(copy.resolve("hard")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
    assertThat(Files.getLastModifiedTime(copy.resolve("hard")))
        .isEqualTo(FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    assertThat(Files.isSameFile(copy.resolve("file ä\n"), copy.resolve("hard"))).isTrue();
    assertThat(Files.readSymbolicLink(copy.resolve("link"))).hasToString("/" + "x".repeat(150));
    assertThat(copy.resolve("empty")).isEmptyDirectory();
  }

  @Test
  void aFileIsCopiedUnderItsName() throws IOException {
    Path file = Files.writeString(host.resolve("file"), "text");
    Path out = Files.createDirectory(host.resolve("out"));
    await(g.lnS("/in", "/tolink"));

    await(g.copyIn(file.toString(), "/tolink"));
    await(g.chmod(0600, "/in/file"));
    await(g.copyOut("/in/file", out.toString()));

    assertThat(get(g.cat("/in/file"))).isEqualTo("text");
    assertThat(out.resolve("file")).hasContent("text");
    assertThat(Files.getPosixFilePermissions(out.resolve("file")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    await(g.write("/in/file", "new".getBytes(StandardCharsets.UTF_8)));
    await(g.copyOut("/in/file", out.toString()));
    assertThat(out.resolve("file")).hasContent("new");
  }

  @Test
  void theWholeGuestGoesIntoTheFolderItself() throws IOException {
    await(g.write("/in/file", "text".getBytes(StandardCharsets.UTF_8)));
    Path out = Files.createDirectory(host.resolve("out"));

    await(g.copyOut("/", out.toString()));

    assertThat(out.resolve("in/file")).hasContent("text");
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    Path file = Files.writeString(host.resolve("file"), "text");
    await(g.lnS("/in", "/link"));
    await(g.touch("/in/file"));

    assertFails("ENOTDIR", g.copyIn(file.toString(), "/in/file"))
        .hasMessageContaining("not a directory");
    assertFails("ENOENT", g.copyIn(file.toString(), "/nothing")).hasMessageContaining("/nothing");
    assertThatThrownBy(() -> await(g.copyIn(host.resolve("nothing").toString(), "/in")))
        .hasRootCauseInstanceOf(NoSuchFileException.class);
    assertFails("EINVAL", g.copyIn("/", "/in"));
    assertFails("ENOTDIR", g.copyOut("/in", file.toString())).hasMessageContaining("file");
    assertFails("ENOENT", g.copyOut("/nothing", host.toString())).hasMessageContaining("/nothing");
    assertFails("EINVAL", g.copyOut("/link", host.toString())).hasMessageContaining("/link");
    await(g.pingDaemon());
  }

  @Test
  void aNameThatTheHostCannotCarryIsAClearError() {
    await(g.mkdir("/in/tree"));
    await(g.touch("/in/tree/caf\udce9"));

    assertThatThrownBy(() -> await(g.copyOut("/in/tree", host.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not text on this host");
    assertThatThrownBy(() -> await(g.copyOut("/in/tree/caf\udce9", host.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not text on this host");
    assertThat(get(g.find("/in").collectList())).isEqualTo(List.of("tree", "tree/caf\udce9"));
  }
}
