package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.GrepOptions;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.GrepDescriptors;
import io.guestfs.protocol.call.CallDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GrepHandlerTests {
  private static final String TEXT = "abc\ndef\nghi\nghi\n\nabc123\nABC\na.c\n";
  private static final GrepOptions NONE = GrepOptions.defaults();

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void writeText() throws IOException {
    Files.writeString(guest.path("/text"), TEXT);
    Files.write(guest.path("/text.gz"), gzip(TEXT.getBytes(UTF_8)));
  }

  @Test
  void givesTheLinesThatMatch() {
    assertThat(grep("abc", "/text", NONE)).containsExactly("abc", "abc123");
    assertThat(grep("a.c", "/text", NONE)).containsExactly("abc", "abc123", "a.c");
    assertThat(grep("^$", "/text", NONE)).containsExactly("");
    assertThat(grep("", "/text", NONE)).hasSize(8);
    assertThat(grep("nomatch", "/text", NONE)).isEmpty();
    assertThat(grep("def\nABC", "/text", NONE)).containsExactly("def", "ABC");
  }

  @Test
  void optionsChangeWhatMatches() {
    assertThat(grep("(abc)+1|def", "/text", NONE)).isEmpty();
    assertThat(grep("(abc)+1|def", "/text", NONE.extended(true))).containsExactly("def", "abc123");
    assertThat(grep("a.c", "/text", NONE.fixed(true))).containsExactly("a.c");
    assertThat(grep("ABC", "/text", NONE.insensitive(true)))
        .containsExactly("abc", "abc123", "ABC");
    assertThat(grep("abc", "/text.gz", NONE.compressed(true))).containsExactly("abc", "abc123");
    assertThat(grep("abc", "/text", NONE.compressed(true))).containsExactly("abc", "abc123");
    assertThat(grep("abc", "/text", NONE.extended(false).compressed(false))).hasSize(2);
  }

  static List<Arguments> deprecated() {
    return List.of(
        Arguments.of(GrepDescriptors.EGREP, "b|e", List.of("abc", "def", "abc123")),
        Arguments.of(GrepDescriptors.FGREP, "a.", List.of("a.c")),
        Arguments.of(GrepDescriptors.GREPI, "aBc", List.of("abc", "abc123", "ABC")),
        Arguments.of(GrepDescriptors.EGREPI, "BC1|DEF", List.of("def", "abc123")),
        Arguments.of(GrepDescriptors.FGREPI, "A.C", List.of("a.c")),
        Arguments.of(GrepDescriptors.ZGREP, "a.c", List.of("abc", "abc123", "a.c")),
        Arguments.of(GrepDescriptors.ZEGREP, "b|e", List.of("abc", "def", "abc123")),
        Arguments.of(GrepDescriptors.ZFGREP, "a.", List.of("a.c")),
        Arguments.of(GrepDescriptors.ZGREPI, "aBc", List.of("abc", "abc123", "ABC")),
        Arguments.of(GrepDescriptors.ZEGREPI, "BC1|DEF", List.of("def", "abc123")),
        Arguments.of(GrepDescriptors.ZFGREPI, "A.C", List.of("a.c")));
  }

  @ParameterizedTest
  @MethodSource("deprecated")
  void olderCallsAreCombinations(
      CallDescriptor<List<String>> call, String regex, List<String> lines) {
    String path = call.name().startsWith("z") ? "/text.gz" : "/text";

    assertThat(guest.call(call, regex, path)).isEqualTo(lines);
  }

  @Test
  void anExpressionMayLookLikeAnOption() throws IOException {
    Files.writeString(guest.path("/options"), "-v\n--help\n");

    assertThat(grep("-v", "/options", NONE)).containsExactly("-v");
    assertThat(grep("--help", "/options", NONE.compressed(true))).containsExactly("--help");
  }

  @Test
  void bytesAreKept() throws IOException {
    Files.write(guest.path("/latin1\n"), "caf\u00e9\nno match\nlast".getBytes(ISO_8859_1));

    assertThat(grep("caf.", "/latin1\n", NONE)).containsExactly("caf\udce9");
    assertThat(grep("\udce9", "/latin1\n", NONE)).containsExactly("caf\udce9");
    assertThat(grep("last", "/latin1\n", NONE)).containsExactly("last");
  }

  @Test
  void linesOfABinaryFileMayMatchIfTheyAreText() throws IOException {
    Files.write(guest.path("/binary"), new byte[] {'a', 0, 'b', '\n', 'c', '\n'});

    assertThat(grep("c", "/binary", NONE)).containsExactly("c");
    assertFails("EINVAL", () -> grep("a", "/binary", NONE)).hasMessageContaining("NUL");
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    Files.createDirectory(guest.path("/directory"));

    assertFails("EINVAL", () -> grep("a", "/text", NONE.extended(true).fixed(true)));
    assertFails("", () -> grep("\\(", "/text", NONE)).hasMessageContaining("grep: ");
    assertFails("ENOENT", () -> grep("a", "/nothing", NONE)).hasMessageContaining("/nothing");
    assertFails("EISDIR", () -> grep("a", "/directory", NONE)).hasMessageContaining("/directory");
    assertFails("EINVAL", () -> grep("a", "text", NONE)).hasMessageContaining("must start with /");
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  @Test
  void aDamagedFileIsAnErrorAndNotAFileWithoutMatches() throws IOException {
    byte[] packed = gzip(TEXT.getBytes(UTF_8));
    packed[packed.length - 5] ^= 1;
    Files.write(guest.path("/damaged"), packed);

    assertFails("", () -> grep("nomatch", "/damaged", NONE.compressed(true)))
        .hasMessageContaining("gzip: ")
        .hasMessageContaining("crc error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "../../../../secret", "/../secret"})
  void noLinkLeadsOut(String target) throws IOException {
    Files.createSymbolicLink(guest.path("/evil"), Path.of(target));

    assertFails("ENOENT", () -> grep("", "/evil", NONE));
    Files.writeString(guest.path("/secret"), "inside\n");
    assertThat(grep("", "/evil", NONE)).containsExactly("inside");
  }

  private List<String> grep(String regex, String path, GrepOptions options) {
    return guest.call(GrepDescriptors.GREP, options, regex, path);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }
}
