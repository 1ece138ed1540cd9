package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.RsyncInOptions;
import io.guestfs.calls.RsyncOptions;
import io.guestfs.calls.RsyncOutOptions;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.RsyncDescriptors;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network is that of this machine, with an rsync daemon. */
@Timeout(60)
class RsyncHandlerTests {
  private static final RsyncOptions ARCHIVE = RsyncOptions.defaults().archive(true);

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @TempDir Path host;

  private final int port;
  private @Nullable Process server;

  RsyncHandlerTests() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(Tool.isInstalled("rsync"), "rsync is not installed");
    Root.assume("only root keeps owners");
    Files.createDirectories(host.resolve("module/tree/sub"));
    Files.writeString(host.resolve("module/tree/sub/file"), "text");
    String settings = "use chroot = no\nuid = root\ngid = root\n[module]\nread only = no\npath = ";
    Path configuration =
        Files.writeString(host.resolve("configuration"), settings + host.resolve("module") + "\n");
    server =
        new ProcessBuilder(
                "rsync",
                "--daemon",
                "--no-detach",
                "--address=127.0.0.1",
                "--port=" + port,
                "--config=" + configuration)
            .inheritIO()
            .start();
    awaitServer();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      server.waitFor();
    }
  }

  private void awaitServer() {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException notYet) {
        assertThat(server).matches(Process::isAlive, "is alive");
        Thread.onSpinWait();
      }
    }
  }

  private String remote(String path) {
    return "rsync://127.0.0.1:" + port + "/module/" + path;
  }

  @Test
  void copiesWithinTheGuest() throws IOException {
    makeTree();

    rsync("/tree", "/a", ARCHIVE);
    rsync("/tree/", "/b", ARCHIVE);

    assertThat(guest.path("/a/tree/sub/file")).hasContent("text");
    assertThat(guest.path("/b/sub/file")).hasContent("text");
    assertThat(Files.getAttribute(guest.path("/b/sub/file"), "unix:uid")).isEqualTo(12345);
    assertThat(Files.readSymbolicLink(guest.path("/b/link"))).hasToString("sub");
  }

  @Test
  void removesWhatTheSourceDoesNotHaveWhenAsked() throws IOException {
    makeTree();
    Files.createDirectory(guest.path("/b"));
    Files.writeString(guest.path("/b/more"), "");

    rsync("/tree/", "/b", ARCHIVE);
    assertThat(guest.path("/b/more")).exists();
    rsync("/tree/", "/b", ARCHIVE.deletedest(true));
    assertThat(guest.path("/b/more")).doesNotExist();
    assertThat(guest.path("/b/sub/file")).exists();
  }

  @Test
  void withoutArchiveOnlyFilesAreCopied() throws IOException {
    makeTree();

    rsync("/tree/sub/file", "/copy", RsyncOptions.defaults());

    assertThat(guest.path("/copy")).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/inside", "../inside", "../../../../inside"})
  void noLinkLeadsOut(String target) throws IOException {
    makeTree();
    Files.createDirectory(guest.path("/inside"));
    Files.createDirectory(guest.outside("inside"));
    Files.createSymbolicLink(guest.path("/evil"), Path.of(target));

    rsync("/tree/", "/evil/", ARCHIVE);
    in("tree/", "/evil", RsyncInOptions.defaults().archive(true));

    assertThat(guest.path("/inside/sub/file")).hasContent("text");
    assertThat(guest.outside("inside")).isEmptyDirectory();
  }

  @Test
  void linksBelowTheDestinationAreReplaced() throws IOException {
    Files.createDirectory(guest.path("/dest"));
    Files.createDirectory(guest.outside("inside"));
    Files.createSymbolicLink(guest.path("/dest/sub"), guest.outside("inside"));

    in("tree/", "/dest", RsyncInOptions.defaults().archive(true));

    assertThat(Files.isDirectory(guest.path("/dest/sub"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(guest.path("/dest/sub/file")).hasContent("text");
    assertThat(guest.outside("inside")).isEmptyDirectory();
  }

  @Test
  void copiesFromTheNetwork() throws IOException {
    RsyncInOptions archive = RsyncInOptions.defaults().archive(true);
    Files.createDirectory(guest.path("/dest"));
    Files.writeString(guest.path("/dest/more"), "");

    in("tree", "/dest", archive);
    in("tree/sub/file", "/-new", RsyncInOptions.defaults());
    assertThat(guest.path("/dest/tree/sub/file")).hasContent("text");
    assertThat(guest.path("/-new")).hasContent("text");
    in("tree/", "/dest", archive.deletedest(true));
    assertThat(guest.path("/dest/more")).doesNotExist();
    assertThat(guest.path("/dest/sub/file")).exists();
  }

  @Test
  void copiesToTheNetwork() throws IOException {
    makeTree();
    RsyncOutOptions archive = RsyncOutOptions.defaults().archive(true);

    out("/tree", "one/", archive);
    out("/tree/", "two/", archive);
    out("/tree/sub/file", "three", RsyncOutOptions.defaults());

    assertThat(host.resolve("module/one/tree/sub/file")).hasContent("text");
    assertThat(host.resolve("module/two/sub/file")).hasContent("text");
    assertThat(host.resolve("module/three")).hasContent("text");
    Files.createSymbolicLink(guest.path("/evil"), guest.outside("secret"));
    out("/evil", "four/", archive);
    assertThat(Files.isSymbolicLink(host.resolve("module/four/evil"))).isTrue();
    assertFails("ENOENT", () -> out("/evil/", "five/", archive));
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    makeTree();

    assertFails("", () -> rsync("/nothing", "/b", ARCHIVE)).hasMessageContaining("nothing");
    assertFails("", () -> in("nothing", "/", RsyncInOptions.defaults()))
        .hasMessageContaining("nothing");
    assertFails("ENOENT", () -> in("tree", "/no/where", RsyncInOptions.defaults()));
    for (String place : List.of("/etc", "etc", "", ":etc", "./a:b", "--help")) {
      assertFails("EINVAL", () -> call(RsyncDescriptors.RSYNC_IN, null, place, "/"))
          .hasMessageContaining("remote place");
      assertFails("EINVAL", () -> call(RsyncDescriptors.RSYNC_OUT, null, "/tree", place));
    }
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  private void makeTree() throws IOException {
    Files.createDirectories(guest.path("/tree/sub"));
    Files.writeString(guest.path("/tree/sub/file"), "text");
    Files.setAttribute(guest.path("/tree/sub/file"), "unix:uid", 12345);
    Files.createSymbolicLink(guest.path("/tree/link"), Path.of("sub"));
  }

  private void rsync(String source, String destination, RsyncOptions options) {
    call(RsyncDescriptors.RSYNC, options, source, destination);
  }

  private void in(String source, String destination, RsyncInOptions options) {
    call(RsyncDescriptors.RSYNC_IN, options, remote(source), destination);
  }

  private void out(String source, String destination, RsyncOutOptions options) {
    call(RsyncDescriptors.RSYNC_OUT, options, source, remote(destination));
  }

  private void call(
      CallDescriptor<Void> call, @Nullable OptionValues options, Object... arguments) {
    assertThat(guest.library().call(call, options, arguments)).isNull();
  }
}
