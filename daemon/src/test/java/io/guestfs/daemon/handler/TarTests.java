package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.TarInOptions;
import io.guestfs.calls.TarOutOptions;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.ExtendedAttributeDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.daemon.tool.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TarTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  /** Where archives are made and unpacked outside of the guest. */
  @TempDir private Path host;

  @BeforeEach
  void root() {
    Root.assume("only root changes the root directory of a process");
  }

  @Test
  void anArchiveIsUnpacked() throws Exception {
    Files.createDirectory(host.resolve("sub"));
    Files.writeString(host.resolve("sub/\nname"), "text");
    Files.createSymbolicLink(host.resolve("link"), Path.of("sub/\nname"));
    Files.createLink(host.resolve("hard"), host.resolve("sub/\nname"));
    Files.setPosixFilePermissions(
        host.resolve("hard"), PosixFilePermissions.fromString("rwxr-x---"));
    Root.exec("chown", "12345:54321", host.resolve("hard").toString());
    Files.createDirectory(guest.path("/-in here"));

    tarIn(pack("."), "/-in here");

    Path file = guest.path("/-in here/sub/\nname");
    assertThat(file).hasContent("text");
    assertThat(Files.readSymbolicLink(guest.path("/-in here/link"))).hasToString("sub/\nname");
    assertThat(Files.isSameFile(file, guest.path("/-in here/hard"))).isTrue();
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(54321);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxr-x---");
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, gzip",
    "bzip2, bzip2",
    "xz, xz",
    "lzma, xz",
    "zstd, zstd",
    "lzop, lzop",
    "compress, compress"
  })
  void archivesMayBeCompressed(String name, String program) throws Exception {
    assumeTrue(Tool.isInstalled(program), program + " is not installed");
    Files.writeString(guest.path("/file"), "text".repeat(10_000));
    Files.createDirectory(guest.path("/copy"));

    byte[] archive = tarOut("/", TarOutOptions.defaults().compress(name).excludes(List.of("copy")));
    tarIn(archive, "/copy", TarInOptions.defaults().compress(name));

    assertThat(archive).hasSizeLessThan(40_000);
    assertThat(guest.path("/copy/file")).hasSameBinaryContentAs(guest.path("/file"));
  }

  @Test
  void compressionHasToBeKnown() {
    TarInOptions in = TarInOptions.defaults().compress("zip");
    TarOutOptions out = TarOutOptions.defaults().compress("");

    assertFails("EINVAL", () -> tarIn(new byte[0], "/", in)).hasMessageContaining("zip");
    assertFails("EINVAL", () -> tarOut("/", out));
  }

  @Test
  void tarSaysWhatIsWrong() throws Exception {
    byte[] garbage = new byte[20_000];
    garbage[0] = 'x';
    Files.writeString(guest.path("/file"), "");

    assertFails("", () -> tarIn(garbage, "/")).hasMessageContaining("tar: ");
    assertFails("", () -> tarIn(garbage, "/", TarInOptions.defaults().compress("gzip")))
        .hasMessageContaining("not in gzip format");
    assertFails("ENOENT", () -> tarIn(garbage, "/nothing")).hasMessageContaining("/nothing");
    assertFails("ENOTDIR", () -> tarIn(garbage, "/file")).hasMessageContaining("/file");
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  @Test
  void anArchiveThatEndsEarlyIsAnError() throws Exception {
    Files.write(host.resolve("large"), new byte[1_000_000]);
    byte[] archive = pack("large");

    assertFails("", () -> tarIn(Arrays.copyOf(archive, 700_000), "/"))
        .hasMessageContaining("Unexpected EOF");
    assertFails("", () -> tarIn(Arrays.copyOf(archive, 700), "/"))
        .hasMessageContaining("Unexpected EOF");
  }

  @Test
  void anArchiveNeedNotBePadded() throws Exception {
    Files.writeString(host.resolve("file"), "text");

    tarIn(Arrays.copyOf(pack("file"), 1024), "/");

    assertThat(guest.path("/file")).hasContent("text");
  }

  @Test
  void anEmptyArchiveIsNoError() throws Exception {
    tarIn(new byte[10_240], "/");

    assertThat(guest.root()).isEmptyDirectory();
  }

  @Test
  void moreMayFollowTheEndOfAnArchive() throws Exception {
    Files.writeString(host.resolve("file"), "text");
    byte[] archive = pack("file");
    byte[] padded = Arrays.copyOf(archive, archive.length + 3_000_000);

    tarIn(padded, "/");

    assertThat(guest.path("/file")).hasContent("text");
  }

  /** Links that are in the guest before, and members of the archive that go through them. */
  @ParameterizedTest
  @ValueSource(strings = {"/inside", "../inside", "../../../../inside", "/../inside"})
  void noLinkOfTheGuestLeadsOut(String target) throws Exception {
    Files.createDirectories(guest.path("/inside"));
    Files.createDirectories(guest.path("/sub"));
    Files.createDirectories(guest.outside("inside"));
    Files.createSymbolicLink(guest.path("/sub/evil"), Path.of(target));
    Files.createDirectory(host.resolve("evil"));
    Files.writeString(host.resolve("evil/file"), "text");

    tarIn(pack("evil/file"), "/sub");
    tarIn(pack("evil/file"), "/sub/evil");

    assertThat(guest.path("/inside/file")).hasContent("text");
    assertThat(guest.path("/inside/evil/file")).hasContent("text");
    assertThat(guest.outside("inside")).isEmptyDirectory();
  }

  /** Links that the archive itself brings along, with members that go through them. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "../..", "OUTSIDE"})
  void noLinkOfTheArchiveLeadsOut(String target) throws Exception {
    Path link = host.resolve("evil");
    String to = target.equals("OUTSIDE") ? guest.outside(".").toString() : target;
    Files.createSymbolicLink(link, Path.of(to));
    byte[] first = pack("evil");
    Files.delete(link);
    Files.createDirectory(link);
    Files.writeString(link.resolve("secret"), "replaced");
    byte[] second = pack("evil/secret");

    try {
      tarIn(joined(first, second), "/");
    } catch (CallFailedException refused) {
      assertThat(refused).hasMessageContaining("tar: ");
    }

    assertThat(guest.outside("secret")).hasContent(ServedGuest.SECRET);
  }

  @Test
  void membersThatNameAWayOutStayInside() throws Exception {
    Files.createDirectories(guest.path("/a/b"));
    Files.writeString(host.resolve("file"), "text");
    byte[] archive = pack("-P", "--transform=s,file,/../../../../secret,", "file");

    try {
      tarIn(archive, "/a/b");
    } catch (CallFailedException refused) {
      assertThat(refused).hasMessageContaining("..");
    }

    assertThat(guest.outside("secret")).hasContent(ServedGuest.SECRET);
  }

  @Test
  void keepdirlinkKeepsALink() throws Exception {
    Files.createDirectory(guest.path("/real"));
    Files.createSymbolicLink(guest.path("/link"), Path.of("real"));
    Files.createDirectory(host.resolve("link"));
    Files.writeString(host.resolve("link/file"), "text");

    tarIn(pack("link"), "/", TarInOptions.defaults().keepdirlink(true));

    assertThat(Files.isSymbolicLink(guest.path("/link"))).isTrue();
    assertThat(guest.path("/real/file")).hasContent("text");
    tarIn(pack("link"), "/");
    assertThat(Files.isDirectory(guest.path("/link"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void attributesTravelWhenWanted() throws Exception {
    Path file = Files.writeString(guest.path("/file"), "text");
    assumeTrue(
        Files.getFileStore(file).supportsFileAttributeView("user"),
        "the file system of the test has no extended attributes");
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
        .write("comment", ByteBuffer.wrap(new byte[] {1, 2}));
    Root.exec("setfattr", "-n", "trusted.x", "-v", "y", file.toString());
    Files.createDirectory(guest.path("/with"));
    Files.createDirectory(guest.path("/without"));
    byte[] archive = tarOut("/", TarOutOptions.defaults().xattrs(true).excludes(List.of("with*")));

    tarIn(archive, "/with", TarInOptions.defaults().xattrs(true).selinux(true).acls(true));
    tarIn(archive, "/without");

    assertThat(guest.call(ExtendedAttributeDescriptors.GETXATTRS, "/with/file"))
        .extracting(attribute -> attribute.attrname())
        .containsExactly("trusted.x", "user.comment");
    assertThat(guest.call(ExtendedAttributeDescriptors.GETXATTRS, "/without/file")).isEmpty();
  }

  @Test
  void aDirectoryIsPacked() throws Exception {
    Files.createDirectories(guest.path("/top/sub"));
    Files.writeString(guest.path("/top/sub/-file\n"), "text");
    Files.createSymbolicLink(guest.path("/top/link"), Path.of("/"));
    Files.createSymbolicLink(guest.path("/top/evil"), guest.outside("."));
    Files.createSymbolicLink(guest.path("/totop"), Path.of("/top"));

    byte[] archive = tarOut("/totop", TarOutOptions.defaults());

    assertThat(members(archive))
        .containsExactlyInAnyOrder("./", "./sub/", "./sub/-file\\n", "./link", "./evil");
  }

  @Test
  void whatIsExcludedStaysOut() throws Exception {
    Files.createDirectories(guest.path("/sub"));
    Files.writeString(guest.path("/sub/a.log"), "");
    Files.writeString(guest.path("/b.log"), "");
    Files.writeString(guest.path("/c"), "");
    Files.writeString(guest.path("/new\nline"), "");

    List<String> excludes = List.of("*.log", "new\nline", "-x");
    byte[] archive = tarOut("/", TarOutOptions.defaults().excludes(excludes));

    assertThat(members(archive)).containsExactlyInAnyOrder("./", "./sub/", "./c");
  }

  @Test
  void ownersMayBeNumbers() throws Exception {
    Files.writeString(guest.path("/file"), "");

    byte[] named = tarOut("/", TarOutOptions.defaults());
    byte[] numeric = tarOut("/", TarOutOptions.defaults().numericowner(true));

    assertThat(new String(named, ISO_8859_1)).contains("root");
    assertThat(new String(numeric, ISO_8859_1)).doesNotContain("root");
  }

  @Test
  void onlyADirectoryIsPacked() throws Exception {
    Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/evil"), guest.outside("."));
    TarOutOptions none = TarOutOptions.defaults();

    assertFails("ENOTDIR", () -> tarOut("/file", none)).hasMessageContaining("/file");
    assertFails("ENOENT", () -> tarOut("/nothing", none)).hasMessageContaining("/nothing");
    assertFails("ENOENT", () -> tarOut("/evil", none));
    assertFails("EINVAL", () -> tarOut("relative", none)).hasMessageContaining("relative");
    assertFails("EINVAL", () -> tarOut("", none));
  }

  @Test
  void largeTreesGoThrough() throws Exception {
    Files.createDirectory(guest.path("/many"));
    for (int i = 0; i < 2000; i++) {
      Files.writeString(guest.path("/many/" + i), "content " + i);
    }
    Files.write(guest.path("/many/large"), new byte[3_000_000]);
    Files.createDirectory(guest.path("/copy"));

    tarIn(tarOut("/many", TarOutOptions.defaults()), "/copy");

    assertThat(guest.path("/copy/large")).hasSize(3_000_000);
    assertThat(guest.path("/copy/1999")).hasContent("content 1999");
  }

  private void tarIn(byte[] archive, String directory) {
    tarIn(archive, directory, TarInOptions.defaults());
  }

  private void tarIn(byte[] archive, String directory, TarInOptions options) {
    guest.library().upload(TransferDescriptors.TAR_IN, archive, options, directory);
  }

  private byte[] tarOut(String directory, TarOutOptions options) {
    return guest.library().download(TransferDescriptors.TAR_OUT, options, directory);
  }

  /** An archive of files of the host. */
  private byte[] pack(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tar", "-C", host.toString(), "-cf"));
    Path archive = Files.createTempFile("archive", ".tar");
    try {
      command.add(archive.toString());
      Collections.addAll(command, arguments);
      Root.exec(command.toArray(String[]::new));
      return Files.readAllBytes(archive);
    } finally {
      Files.delete(archive);
    }
  }

  private List<String> members(byte[] archive) throws IOException {
    Path file = Files.write(host.resolve("members.tar"), archive);
    return Tool.of("tar", "-tf", file.toString()).run().lines().toList();
  }

  /** Two archives as one: the first without the blocks of zeroes at its end. */
  private static byte[] joined(byte[] first, byte[] second) {
    int end = first.length;
    while (end >= 512 && first[end - 1] == 0 && isZero(first, end - 512)) {
      end -= 512;
    }
    byte[] joined = Arrays.copyOf(first, end + second.length);
    System.arraycopy(second, 0, joined, end, second.length);
    return joined;
  }

  private static boolean isZero(byte[] archive, int start) {
    for (int i = start; i < start + 512; i++) {
      if (archive[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
