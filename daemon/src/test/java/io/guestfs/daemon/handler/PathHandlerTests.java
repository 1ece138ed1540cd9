package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.GlobExpandOptions;
import io.guestfs.calls.MktempOptions;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import io.guestfs.calls.wire.PathDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PathHandlerTests {
  private static final GlobExpandOptions UNMARKED =
      GlobExpandOptions.defaults().directoryslash(false);

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void tree() throws IOException {
    Files.createDirectories(guest.path("/Dir/Sub"));
    Files.writeString(guest.path("/Dir/Sub/File"), "");
    Files.writeString(guest.path("/Dir/.hidden"), "");
    Files.createSymbolicLink(guest.path("/Dir/to"), Path.of("/Dir/Sub"));
    Files.createSymbolicLink(guest.path("/Dir/dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(guest.path("/up"), Path.of("../.."));
  }

  @Test
  void realpathIsFreeOfLinks() {
    assertThat(guest.call(PathDescriptors.REALPATH, "/Dir/to/File")).isEqualTo("/Dir/Sub/File");
    assertThat(guest.call(PathDescriptors.REALPATH, "/../Dir/./Sub/..")).isEqualTo("/Dir");
    assertThat(guest.call(PathDescriptors.REALPATH, "/up/Dir/")).isEqualTo("/Dir");
    assertThat(guest.call(PathDescriptors.REALPATH, "/up")).isEqualTo("/");
    assertFails("ENOENT", () -> guest.call(PathDescriptors.REALPATH, "/Dir/dangling"));
    assertFails("ENOTDIR", () -> guest.call(PathDescriptors.REALPATH, "/Dir/Sub/File/"));
  }

  @ParameterizedTest
  @CsvSource({
    "/dir, /Dir",
    "/DIR/, /Dir",
    "//dir///SUB/fiLE, /Dir/Sub/File",
    "/dir/NEW file, /Dir/NEW file",
    "/dir/TO/file, /Dir/to/File",
    "/UP/up/dir, /up/up/Dir",
    "/, /"
  })
  void pathsAreSpelledAsTheyAre(String given, String spelled) {
    assertThat(guest.call(PathDescriptors.CASE_SENSITIVE_PATH, given)).isEqualTo(spelled);
  }

  @Test
  void whatIsSpelledRightIsFoundBeforeOthers() throws IOException {
    for (String name : new String[] {"same", "SAME", "Same"}) {
      Files.writeString(guest.path("/" + name), "");
    }

    assertThat(guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/SAME")).isEqualTo("/SAME");
    assertThat(guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/same")).isEqualTo("/same");
    assertThat(guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/sAmE"))
        .isEqualToIgnoringCase("/same");
  }

  @Test
  void pathsThatCannotBeSpelledAreErrors() {
    assertFails("ENOTDIR", () -> guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/dir/sub/file/"));
    assertFails(
        "ENOTDIR", () -> guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/dir/sub/file/x"));
    assertFails("ENOENT", () -> guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/no/file"));
    assertFails("ENOENT", () -> guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/no/"));
    assertFails("EINVAL", () -> guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/dir/../dir"));
    assertFails("EINVAL", () -> guest.call(PathDescriptors.CASE_SENSITIVE_PATH, "/./dir"));
  }

  @Test
  void globMarksDirectoriesUnlessToldNotTo() {
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, "/Dir/*"))
        .containsExactly("/Dir/Sub/", "/Dir/dangling", "/Dir/to/");
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, UNMARKED, "/Dir/*"))
        .containsExactly("/Dir/Sub", "/Dir/dangling", "/Dir/to");
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, UNMARKED, "/*/*/"))
        .containsExactly("/Dir/Sub/", "/Dir/to/", "/up/Dir/", "/up/up/");
  }

  @Test
  void globFollowsLinksInsideOnly() {
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, UNMARKED, "/up/s*")).isEmpty();
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, UNMARKED, "/../secr*")).isEmpty();
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, UNMARKED, "/up/D*/to/[F-G]ile"))
        .containsExactly("/up/Dir/to/File");
  }

  @Test
  void globTakesAlternativesInTheirOrder() {
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, UNMARKED, "/Dir/{to,S*,.h*,no}"))
        .containsExactly("/Dir/to", "/Dir/Sub", "/Dir/.hidden");
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, "/")).containsExactly("/");
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, "/no/*")).isEmpty();
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, "/Dir/Sub/File/*")).isEmpty();
    assertFails("EINVAL", () -> guest.call(PathDescriptors.GLOB_EXPAND, "*"));
    String many = "/" + "{a,b}".repeat(20);
    assertFails("E2BIG", () -> guest.call(PathDescriptors.GLOB_EXPAND, many));
  }

  @Test
  void globKeepsSlashesAndFindsDotsThatAreAskedFor() {
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, "//Dir///S*"))
        .containsExactly("//Dir///Sub/");
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, UNMARKED, "/Dir/.*"))
        .containsExactly("/Dir/.", "/Dir/..", "/Dir/.hidden");
    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, UNMARKED, "/Dir/*/../t?"))
        .containsExactly("/Dir/Sub/../to", "/Dir/to/../to");
  }

  @Test
  void globFindsNamesThatAreNoText() {
    String name = "a\n \udcff\uD83D\uDE00";
    guest.run(FileDescriptors.TOUCH, "/Dir/Sub/" + name);

    assertThat(guest.call(PathDescriptors.GLOB_EXPAND, "/Dir/Sub/a???????"))
        .containsExactly("/Dir/Sub/" + name);
  }

  @Test
  void temporaryFilesAreNewAndPrivate() {
    String one = guest.call(PathDescriptors.MKTEMP, "/up/Dir/tmpXXXXXX");
    String two =
        guest.call(
            PathDescriptors.MKTEMP, MktempOptions.defaults().suffix(".txt"), "/Dir/tmpXXXXXX");

    assertThat(one).matches("/up/Dir/tmp[A-Za-z0-9]{6}");
    assertThat(two).matches("/Dir/tmp[A-Za-z0-9]{6}\\.txt");
    assertThat(guest.call(AttributeDescriptors.STATNS, two).stMode()).isEqualTo(0100600);
    assertThat(guest.path(one.substring(3))).isEmptyFile();
  }

  @Test
  void temporaryDirectoriesAreNewAndPrivate() {
    String path = guest.call(PathDescriptors.MKDTEMP, "/XXXXXXXXX");

    assertThat(path).matches("/XXX[A-Za-z0-9]{6}");
    assertThat(guest.call(AttributeDescriptors.STATNS, path).stMode()).isEqualTo(040700);
  }

  @Test
  void templatesAreChecked() {
    assertFails("EINVAL", () -> guest.call(PathDescriptors.MKTEMP, "/tmpXXXXX"));
    assertFails("EINVAL", () -> guest.call(PathDescriptors.MKDTEMP, "/XXXXXXtmp"));
    assertFails("ENOENT", () -> guest.call(PathDescriptors.MKTEMP, "/no/XXXXXX"));
    assertFails(
        "EINVAL",
        () ->
            guest.call(
                PathDescriptors.MKTEMP, MktempOptions.defaults().suffix("/../x"), "/XXXXXX"));
    guest.run(LinkDescriptors.LN_S, "../..", "/out");
    assertThat(guest.call(PathDescriptors.MKTEMP, "/out/XXXXXX")).startsWith("/out/");
    assertThat(guest.outside(".").toFile().list()).hasSize(3);
  }
}
