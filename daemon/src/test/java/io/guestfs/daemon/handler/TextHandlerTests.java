package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.wire.TextDescriptors;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.call.CallDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TextHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void tenLinesUnlessSaid() throws IOException {
    List<String> lines = IntStream.range(0, 10_000).mapToObj(i -> i + "abc").toList();
    Files.write(guest.path("/lines"), lines);
    Files.createSymbolicLink(guest.path("/link"), Path.of("/lines"));

    assertThat(guest.call(TextDescriptors.HEAD, "/link")).isEqualTo(lines.subList(0, 10));
    assertThat(guest.call(TextDescriptors.TAIL, "/link")).isEqualTo(lines.subList(9990, 10_000));
    assertThat(headN(3, "/lines")).isEqualTo(lines.subList(0, 3));
    assertThat(headN(-9997, "/lines")).isEqualTo(lines.subList(0, 3));
    assertThat(headN(0, "/lines")).isEmpty();
    assertThat(headN(20_000, "/lines")).isEqualTo(lines);
    assertThat(headN(-20_000, "/lines")).isEmpty();
    assertThat(headN(Integer.MIN_VALUE, "/lines")).isEmpty();
    assertThat(tailN(3, "/lines")).isEqualTo(lines.subList(9997, 10_000));
    assertThat(tailN(-9998, "/lines")).isEqualTo(lines.subList(9997, 10_000));
    assertThat(tailN(0, "/lines")).isEmpty();
    assertThat(tailN(-1, "/lines")).isEqualTo(lines);
    assertThat(tailN(-20_000, "/lines")).isEmpty();
    assertThat(tailN(Integer.MIN_VALUE, "/lines")).isEmpty();
    assertThat(tailN(Integer.MAX_VALUE, "/lines")).isEqualTo(lines);
  }

  @ParameterizedTest
  @CsvSource({"'',0", "'\n',1", "'a',1", "'a\n',1", "'a\nb',2", "'\n\n',2", "'a\r\nb\n\n',3"})
  void theLastLineNeedNoEnd(String content, int count) throws IOException {
    Files.writeString(guest.path("/text"), content);
    List<String> lines = count == 0 ? List.of() : List.of(content.split("\n", -1));

    assertThat(guest.call(TextDescriptors.HEAD, "/text")).isEqualTo(lines.subList(0, count));
    assertThat(guest.call(TextDescriptors.TAIL, "/text")).isEqualTo(lines.subList(0, count));
  }

  /** What head and tail of the host give is right, wherever the pieces end. */
  @Test
  void agreesWithThePrograms() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < 200_000) {
      text.append("x".repeat(random.nextInt(3) == 0 ? random.nextInt(3000) : random.nextInt(3)));
      text.append('\n');
    }
    text.append(random.nextBoolean() ? "end" : "");
    Path file = Files.writeString(guest.path("/text"), text);

    for (int i = 0; i < 20; i++) {
      int n = random.nextInt(600) - 300;
      String startAt = n < 0 ? "+" + -n : "" + n;
      assertThat(headN(n, "/text"))
          .as("seed %d, head %d", seed, n)
          .isEqualTo(Tool.of("head", "-n", "" + n, file.toString()).run().lines().toList());
      assertThat(tailN(n, "/text"))
          .as("seed %d, tail %d", seed, n)
          .isEqualTo(Tool.of("tail", "-n", startAt, file.toString()).run().lines().toList());
    }
  }

  @Test
  void onlyTheLinesThatAreWantedHaveToFit() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(guest.path("/large").toFile(), "rw")) {
      file.writeBytes("first\n");
      file.seek(5L << 30);
      file.writeBytes("\nlast\n");
    }

    assertThat(headN(1, "/large")).containsExactly("first");
    assertThat(tailN(1, "/large")).containsExactly("last");
    assertFails("E2BIG", () -> headN(2, "/large")).hasMessageContaining("download_offset");
    assertFails("E2BIG", () -> tailN(6, "/large")).hasMessageContaining("/large");
    assertFails("EOVERFLOW", () -> guest.call(TextDescriptors.WC_C, "/large"))
        .hasMessageContaining("/large");
  }

  @Test
  void linesAreText() throws IOException {
    Files.write(guest.path("/binary"), new byte[] {'a', 0, '\n', (byte) 0xe9, '\n'});

    assertFails("EINVAL", () -> headN(1, "/binary")).hasMessageContaining("NUL");
    assertThat(tailN(1, "/binary")).containsExactly("\udce9");
  }

  @ParameterizedTest
  @CsvSource({
    "'',0,0,0",
    "'\n',1,0,1",
    "'abc',0,1,3",
    "'  two words\t\n',1,2,13",
    "'a\u000bb\fc\rd\n\ne',2,5,10"
  })
  void countsLinesWordsAndBytes(String content, int lines, int words, int bytes)
      throws IOException {
    Files.writeString(guest.path("/text"), content);

    assertThat(guest.call(TextDescriptors.WC_L, "/text")).isEqualTo(lines);
    assertThat(guest.call(TextDescriptors.WC_W, "/text")).isEqualTo(words);
    assertThat(guest.call(TextDescriptors.WC_C, "/text")).isEqualTo(bytes);
  }

  @Test
  void aWordMayReachAcrossPieces() throws IOException {
    Files.writeString(guest.path("/text"), "x".repeat(200_000) + " " + "y".repeat(100_000));

    assertThat(guest.call(TextDescriptors.WC_W, "/text")).isEqualTo(2);
  }

  @Test
  void stringsAreRunsOfPrintableCharacters() throws IOException {
    assumeTrue(Tool.isInstalled("strings"), "strings is not installed");
    Files.write(
        guest.path("/-binary"), "\0abc\0abcdefghi\njklmnopqr\1caf\u00e9s".getBytes(ISO_8859_1));
    Files.writeString(guest.path("/empty"), "");

    assertThat(guest.call(TextDescriptors.STRINGS, "/-binary"))
        .containsExactly("abcdefghi", "jklmnopqr");
    assertThat(stringsE("S", "/-binary")).containsExactly("abcdefghi", "jklmnopqr", "caf\udce9s");
    assertThat(guest.call(TextDescriptors.STRINGS, "/empty")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"b,UTF-16BE", "l,UTF-16LE", "B,UTF-32BE", "L,UTF-32LE"})
  void stringsOfOtherEncodings(String encoding, Charset charset) throws IOException {
    assumeTrue(Tool.isInstalled("strings"), "strings is not installed");
    Files.write(guest.path("/wide"), "hello".getBytes(charset));

    assertThat(stringsE(encoding, "/wide")).containsExactly("hello");
    assertThat(guest.call(TextDescriptors.STRINGS, "/wide")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "ss", "--help"})
  void anEncodingHasToBeKnown(String encoding) throws IOException {
    Files.write(guest.path("/wide"), "hello".getBytes(UTF_16LE));
    Files.write(guest.path("/other"), "hello".getBytes(UTF_16BE));

    assertFails("EINVAL", () -> stringsE(encoding, "/wide")).hasMessageContaining("encoding");
  }

  @Test
  void hexdumpIsForPeople() throws IOException {
    assumeTrue(Tool.isInstalled("hexdump"), "hexdump is not installed");
    Files.writeString(guest.path("/text"), "abc\ndef\nghi");
    Files.write(guest.path("/zeroes"), new byte[100]);
    Files.writeString(guest.path("/empty"), "");

    assertThat(guest.call(TextDescriptors.HEXDUMP, "/text"))
        .isEqualTo(
            """
            00000000  61 62 63 0a 64 65 66 0a  67 68 69                 |abc.def.ghi|
            0000000b
            """);
    assertThat(guest.call(TextDescriptors.HEXDUMP, "/zeroes")).contains("\n*\n");
    assertThat(guest.call(TextDescriptors.HEXDUMP, "/empty")).isEmpty();
  }

  @Test
  void aFileHasToBeThere() throws IOException {
    Files.createDirectory(guest.path("/directory"));
    List<CallDescriptor<?>> calls =
        List.of(
            TextDescriptors.HEAD,
            TextDescriptors.TAIL,
            TextDescriptors.WC_C,
            TextDescriptors.WC_L,
            TextDescriptors.WC_W,
            TextDescriptors.STRINGS,
            TextDescriptors.HEXDUMP);

    for (CallDescriptor<?> call : calls) {
      assertFails("ENOENT", () -> guest.call(call, "/nothing")).hasMessageContaining("/nothing");
      assertFails("EISDIR", () -> guest.call(call, "/directory"))
          .hasMessageContaining("/directory");
    }
  }

  private List<String> headN(int lines, String path) {
    return guest.call(TextDescriptors.HEAD_N, lines, path);
  }

  private List<String> tailN(int lines, String path) {
    return guest.call(TextDescriptors.TAIL_N, lines, path);
  }

  private List<String> stringsE(String encoding, String path) {
    return guest.call(TextDescriptors.STRINGS_E, encoding, path);
  }
}
