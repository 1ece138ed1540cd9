package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import io.guestfs.calls.wire.RetiredDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void touchMakesAnEmptyFile() throws IOException {
    guest.run(FileDescriptors.TOUCH, "/new");

    assertThat(guest.path("/new")).isEmptyFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(guest.path("/new"))))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void touchSetsTheTimesOfAFileAndKeepsItsContent() throws IOException {
    Path file = Files.writeString(guest.path("/file"), "text");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));

    guest.run(FileDescriptors.TOUCH, "/file");

    assertThat(Files.getLastModifiedTime(file)).isGreaterThan(FileTime.fromMillis(0));
    assertThat(file).hasContent("text");
  }

  @Test
  void touchIsForRegularFiles() throws IOException {
    Files.createDirectory(guest.path("/directory"));
    Files.createSymbolicLink(guest.path("/link"), Path.of("nowhere"));

    assertFails("EINVAL", () -> guest.run(FileDescriptors.TOUCH, "/directory"));
    assertFails("EINVAL", () -> guest.run(FileDescriptors.TOUCH, "/link"));
    assertFails("ENOENT", () -> guest.run(FileDescriptors.TOUCH, "/no/file"));
    assertThat(guest.path("/nowhere")).doesNotExist();
  }

  @Test
  void rmRemovesFilesAndLinks() throws IOException {
    Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/link"), Path.of("file"));

    guest.run(FileDescriptors.RM, "/link");

    assertThat(guest.path("/link")).doesNotExist();
    assertThat(guest.path("/file")).exists();
  }

  @Test
  void rmDoesNotRemoveADirectory() throws IOException {
    Files.createDirectory(guest.path("/directory"));

    assertFails("EISDIR", () -> guest.run(FileDescriptors.RM, "/directory"))
        .hasMessageContaining("/directory");
    assertFails("ENOENT", () -> guest.run(FileDescriptors.RM, "/nothing"));
    assertFails("EBUSY", () -> guest.run(FileDescriptors.RM, "/"));
    guest.run(FileDescriptors.TOUCH, "/file");
    assertFails("ENOTDIR", () -> guest.run(FileDescriptors.RM, "/file/"));
    assertFails("ENOTDIR", () -> guest.run(FileDescriptors.RM_F, "/file/"));
    assertThat(guest.path("/file")).exists();
  }

  @Test
  void rmFOfNothingSucceeds() throws IOException {
    Files.createDirectory(guest.path("/directory"));
    Files.writeString(guest.path("/file"), "");

    guest.run(FileDescriptors.RM_F, "/file");
    guest.run(FileDescriptors.RM_F, "/file");

    assertThat(guest.path("/file")).doesNotExist();
    assertFails("EISDIR", () -> guest.run(FileDescriptors.RM_F, "/directory"));
  }

  @Test
  void writeFileTakesAsMuchAsItIsTold() {
    guest.run(FileDescriptors.WRITE_FILE, "/file", "hello \udcff", 0);
    assertThat(guest.path("/file")).hasBinaryContent(new byte[] {'h', 'e', 'l', 'l', 'o', ' ', -1});
    guest.run(FileDescriptors.WRITE_FILE, "/file", "hello", 2);
    assertThat(guest.path("/file")).hasContent("he");
    assertFails("EINVAL", () -> guest.run(FileDescriptors.WRITE_FILE, "/file", "abc", 10_000));
    assertFails("EINVAL", () -> guest.run(FileDescriptors.WRITE_FILE, "/file", "abc", -1));
    assertThat(guest.path("/file")).hasContent("he");
  }

  @Test
  void filesAreComparedByContent() throws IOException {
    byte[] content = new byte[600_000];
    Files.write(guest.path("/one"), content);
    Files.write(guest.path("/same"), content);
    Files.write(guest.path("/longer"), new byte[600_001]);
    content[content.length - 1] = 1;
    Files.write(guest.path("/other"), content);
    Files.createSymbolicLink(guest.path("/link"), Path.of("/one"));

    assertThat(guest.call(FileDescriptors.EQUAL, "/one", "/same")).isTrue();
    assertThat(guest.call(FileDescriptors.EQUAL, "/link", "/one")).isTrue();
    assertThat(guest.call(FileDescriptors.EQUAL, "/one", "/other")).isFalse();
    assertThat(guest.call(FileDescriptors.EQUAL, "/one", "/longer")).isFalse();
    assertThat(guest.call(FileDescriptors.EQUAL, "/longer", "/one")).isFalse();
    assertFails("ENOENT", () -> guest.call(FileDescriptors.EQUAL, "/one", "/nothing"));
    assertFails("EISDIR", () -> guest.call(FileDescriptors.EQUAL, "/", "/one"));
  }

  @Test
  void rmRfRemovesATreeAndFollowsNoLinkOfIt() throws IOException {
    Files.createDirectories(guest.path("/-rf/in/it"));
    Files.writeString(guest.path("/-rf/in/it/file"), "");
    Files.writeString(guest.path("/kept"), "");
    Files.createSymbolicLink(guest.path("/-rf/up"), Path.of(".."));
    Files.createSymbolicLink(guest.path("/-rf/out"), guest.outside("."));

    guest.run(FileDescriptors.RM_RF, "/-rf");

    assertThat(guest.path("/-rf")).doesNotExist();
    assertThat(guest.path("/kept")).exists();
    assertThat(guest.outside("secret")).exists();
  }

  @Test
  void rmRfOfNothingSucceeds() throws IOException {
    Files.writeString(guest.path("/file"), "");

    guest.run(FileDescriptors.RM_RF, "/nothing");
    guest.run(FileDescriptors.RM_RF, "/no/such/directory");
    guest.run(FileDescriptors.RM_RF, "/file/below");

    assertThat(guest.path("/file")).exists();
    assertFails("EBUSY", () -> guest.run(FileDescriptors.RM_RF, "/"));
  }

  @Test
  void aLinkSaysWhatItWasMadeToSay() throws IOException {
    guest.run(LinkDescriptors.LN_S, "../any where\n\udcff", "/link");

    assertThat(guest.call(LinkDescriptors.READLINK, "/link")).isEqualTo("../any where\n\udcff");
    assertThat(Files.isSymbolicLink(guest.path("/link"))).isTrue();
  }

  @Test
  void linksFailAsTheKernelSays() throws IOException {
    Files.writeString(guest.path("/file"), "");

    assertFails("EEXIST", () -> guest.run(LinkDescriptors.LN_S, "x", "/file"));
    assertFails("ENOENT", () -> guest.run(LinkDescriptors.LN_S, "x", "/no/link"));
    assertFails("EINVAL", () -> guest.call(LinkDescriptors.READLINK, "/file"));
    assertFails("ENOENT", () -> guest.call(LinkDescriptors.READLINK, "/nothing"));
  }

  @Test
  void preadReadsAPart() throws IOException {
    Files.writeString(guest.path("/file"), "0123456789");

    assertThat(guest.call(FileDescriptors.PREAD, "/file", 3, 2L)).asString().isEqualTo("234");
    assertThat(guest.call(FileDescriptors.PREAD, "/file", 100, 8L)).asString().isEqualTo("89");
    assertThat(guest.call(FileDescriptors.PREAD, "/file", 100, 100L)).isEmpty();
    assertThat(guest.call(FileDescriptors.PREAD, "/file", 0, 0L)).isEmpty();
  }

  @Test
  void preadReadsMoreThanOnePiece() throws IOException {
    byte[] content = new byte[1_000_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i / 1000);
    }
    Files.write(guest.path("/file"), content);

    assertThat(guest.call(FileDescriptors.PREAD, "/file", 4_000_000, 0L)).isEqualTo(content);
  }

  @Test
  void preadHasLimits() throws IOException {
    Files.writeString(guest.path("/file"), "");

    assertFails("EINVAL", () -> guest.call(FileDescriptors.PREAD, "/file", -1, 0L));
    assertFails("EINVAL", () -> guest.call(FileDescriptors.PREAD, "/file", 1, -1L));
    assertFails("E2BIG", () -> guest.call(FileDescriptors.PREAD, "/file", 16 << 20, 0L))
        .hasMessageContaining("16777216");
    assertFails("EISDIR", () -> guest.call(FileDescriptors.PREAD, "/", 1, 0L));
  }

  @Test
  void pwriteWritesIntoAFile() throws IOException {
    Files.writeString(guest.path("/file"), "0123456789");

    assertThat(guest.call(FileDescriptors.PWRITE, "/file", bytes("ab"), 3L)).isEqualTo(2);
    assertThat(guest.path("/file")).hasContent("012ab56789");
    assertThat(guest.call(FileDescriptors.PWRITE, "/file", bytes("z"), 12L)).isEqualTo(1);
    assertThat(guest.path("/file")).hasContent("012ab56789\0\0z");
  }

  @Test
  void pwriteMakesNoFile() throws IOException {
    assertFails("ENOENT", () -> guest.call(FileDescriptors.PWRITE, "/nothing", bytes("a"), 0L));
    Files.writeString(guest.path("/file"), "");
    assertFails("EINVAL", () -> guest.call(FileDescriptors.PWRITE, "/file", bytes("a"), -1L));
  }

  @Test
  void fillPatternRepeatsAPattern() throws IOException {
    guest.run(FileDescriptors.FILL_PATTERN, "abcdefg", 200_000, "/file");

    assertThat(Files.readString(guest.path("/file")))
        .isEqualTo("abcdefg".repeat(200_000 / 7 + 1).substring(0, 200_000));
    guest.run(FileDescriptors.FILL_PATTERN, "é", 3, "/bytes");
    assertThat(Files.readAllBytes(guest.path("/bytes"))).containsExactly(0xc3, 0xa9, 0xc3);
    guest.run(FileDescriptors.FILL_PATTERN, "a", 0, "/empty");
    assertThat(guest.path("/empty")).isEmptyFile();
  }

  @Test
  void fillPatternNeedsAPattern() {
    assertFails("EINVAL", () -> guest.run(FileDescriptors.FILL_PATTERN, "", 1, "/file"));
    assertFails("EINVAL", () -> guest.run(FileDescriptors.FILL_PATTERN, "a", -1, "/file"));
    assertThat(guest.path("/file")).doesNotExist();
  }

  @Test
  void fileTellsWhatContentIs() throws Exception {
    Files.writeString(guest.path("/text"), "text\n");
    Files.writeString(guest.path("/empty"), "");
    Files.createSymbolicLink(guest.path("/link"), Path.of("text"));
    Files.createSymbolicLink(guest.path("/linkdir"), Path.of("/"));
    Files.writeString(guest.path("/-z"), "text\n");

    assertThat(guest.call(FileDescriptors.FILE, "/text")).isEqualTo("ASCII text");
    assertThat(guest.call(FileDescriptors.FILE, "/linkdir/text")).isEqualTo("ASCII text");
    assertThat(guest.call(FileDescriptors.FILE, "/-z")).isEqualTo("ASCII text");
    assertThat(guest.call(FileDescriptors.FILE, "/empty")).isEqualTo("empty");
    assertThat(guest.call(FileDescriptors.FILE, "/link")).isEqualTo("symbolic link");
    assertThat(guest.call(FileDescriptors.FILE, "/")).isEqualTo("directory");
    assertFails("ENOENT", () -> guest.call(FileDescriptors.FILE, "/nothing"));
  }

  @Test
  void fileTellsTheKindOfWhatIsNoFile() throws Exception {
    Root.assume("device nodes are made by root alone");
    String folder = guest.root().toString();
    Root.exec("mkfifo", folder + "/fifo");
    Root.exec("mknod", folder + "/char", "c", "1", "3");
    Root.exec("mknod", folder + "/block", "b", "7", "200");

    assertThat(guest.call(FileDescriptors.FILE, "/fifo")).isEqualTo("FIFO");
    assertThat(guest.call(FileDescriptors.FILE, "/char")).isEqualTo("character device");
    assertThat(guest.call(FileDescriptors.FILE, "/block")).isEqualTo("block device");
    assertFails("EINVAL", () -> guest.call(FileDescriptors.PREAD, "/fifo", 1, 0L));
  }

  @Test
  void writingReplacesAndAppendingAdds() {
    guest.run(InternalDescriptors.INTERNAL_WRITE, "/file", bytes("a long text"));
    guest.run(InternalDescriptors.INTERNAL_WRITE, "/file", bytes("short\n"));
    guest.run(InternalDescriptors.INTERNAL_WRITE_APPEND, "/file", bytes("more\r\nlast"));
    guest.run(InternalDescriptors.INTERNAL_WRITE_APPEND, "/other", bytes(""));

    assertThat(guest.call(RetiredDescriptors.CAT, "/file")).isEqualTo("short\nmore\r\nlast");
    assertThat(guest.call(RetiredDescriptors.READ_LINES, "/file"))
        .isEqualTo(List.of("short", "more", "last"));
    assertThat(guest.call(RetiredDescriptors.READ_FILE, "/file"))
        .isEqualTo(bytes("short\nmore\r\nlast"));
    assertThat(guest.path("/other")).isEmptyFile();
    guest.run(InternalDescriptors.INTERNAL_WRITE, "/file", bytes(""));
    assertThat(guest.path("/file")).isEmptyFile();
    assertFails("EISDIR", () -> guest.run(InternalDescriptors.INTERNAL_WRITE, "/", bytes("a")));
  }

  @Test
  void contentHasToFitIntoAMessage() throws IOException {
    Files.write(guest.path("/large"), new byte[4 << 20]);
    Files.write(guest.path("/binary"), new byte[10]);

    assertFails("E2BIG", () -> guest.call(RetiredDescriptors.READ_FILE, "/large"))
        .hasMessageContaining("download");
    assertFails("EINVAL", () -> guest.call(RetiredDescriptors.CAT, "/binary"))
        .hasMessageContaining("NUL");
    assertThat(guest.call(RetiredDescriptors.READ_FILE, "/binary")).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "../../../../secret", "/../secret", "/secret"})
  void noLinkLeadsOut(String target) throws IOException {
    Files.writeString(guest.path("/secret"), "inside");
    Files.createSymbolicLink(guest.path("/evil"), Path.of(target));
    Files.createSymbolicLink(guest.path("/out"), Path.of("../.."));

    assertThat(guest.call(RetiredDescriptors.CAT, "/evil")).isEqualTo("inside");
    assertThat(guest.call(RetiredDescriptors.CAT, "/out/secret")).isEqualTo("inside");
    assertThat(guest.call(FileDescriptors.PREAD, "/evil", 6, 0L)).asString().isEqualTo("inside");
    guest.call(FileDescriptors.PWRITE, "/evil", bytes("IN"), 0L);
    guest.run(InternalDescriptors.INTERNAL_WRITE_APPEND, "/evil", bytes("!"));
    guest.run(FileDescriptors.FILL_PATTERN, "x", 1, "/out/made");
    guest.run(FileDescriptors.TOUCH, "/out/touched");
    guest.run(FileDescriptors.RM_RF, "/out/touched");
    guest.run(FileDescriptors.RM, "/evil");

    assertThat(guest.path("/secret")).hasContent("INside!");
    assertThat(guest.path("/made")).exists();
    assertThat(guest.outside("secret")).hasContent(ServedGuest.SECRET);
    assertThat(guest.outside("made")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "", "./file", "../file"})
  void aPathStartsAtTheRoot(String path) {
    assertFails("EINVAL", () -> guest.run(FileDescriptors.TOUCH, path)).hasMessageContaining("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/latin-\udce9", "/new\nline", "/ü\uD83D\uDE00", "/ blank ", "/$(id)`'\"\\"})
  void namesAreBytes(String path) {
    guest.run(FileDescriptors.TOUCH, path);

    assertThat(guest.call(RetiredDescriptors.LS, "/")).isEqualTo(List.of(path.substring(1)));
    assertThat(guest.call(FileDescriptors.FILE, path)).isEqualTo("empty");
    guest.run(FileDescriptors.RM_RF, path);
    assertThat(guest.call(RetiredDescriptors.LS, "/")).isEqualTo(List.of());
  }

  @Test
  void namesHaveUpTo255Bytes() {
    String longest = "/" + "n".repeat(255);
    guest.run(FileDescriptors.TOUCH, longest);

    assertThat(guest.call(FileDescriptors.PREAD, longest, 1, 0L)).isEmpty();
    assertFails("ENAMETOOLONG", () -> guest.run(FileDescriptors.TOUCH, longest + "n"));
    assertFails("ENAMETOOLONG", () -> guest.run(FileDescriptors.RM, "/" + "a/".repeat(3000)));
    assertThat(Files.exists(guest.path(longest), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void errorsNameThePath() {
    assertThatThrownBy(() -> guest.run(FileDescriptors.RM, "/no/where"))
        .hasMessageContaining("/no")
        .hasMessageContaining("No such file or directory");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
