package io.guestfs.protocol.xdr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.testing.BufferLeakExtension;
import io.guestfs.protocol.testing.HexBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BufferLeakExtension.class)
class GuestStringTests {

  private static final int RANDOM_STRINGS = 2_000;

  /** Table 3-7 of the Unicode standard, each byte as the Latin-1 character of its value. */
  private static final Pattern WELL_FORMED_OR_ONE_BYTE =
      Pattern.compile(
          "([\\x00-\\x7F]"
              + "|[\\xC2-\\xDF][\\x80-\\xBF]"
              + "|\\xE0[\\xA0-\\xBF][\\x80-\\xBF]"
              + "|[\\xE1-\\xEC\\xEE\\xEF][\\x80-\\xBF]{2}"
              + "|\\xED[\\x80-\\x9F][\\x80-\\xBF]"
              + "|\\xF0[\\x90-\\xBF][\\x80-\\xBF]{2}"
              + "|[\\xF1-\\xF3][\\x80-\\xBF]{3}"
              + "|\\xF4[\\x80-\\x8F][\\x80-\\xBF]{2})"
              + "|[\\x80-\\xFF]");

  /** The bytes on both sides of every boundary in that table. */
  private static final int[] BOUNDARIES = {
    0x01, 0x2F, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
    0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFB, 0xFC, 0xFE, 0xFF
  };

  @Test
  void orderIsThatOfTheBytes() {
    long seed = System.nanoTime();
    System.out.println("orderIsThatOfTheBytes: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_STRINGS; i++) {
      byte[] a = boundaries(random, 1 + random.nextInt(6));
      byte[] b = random.nextInt(4) == 0 ? a.clone() : boundaries(random, 1 + random.nextInt(6));
      if (random.nextBoolean()) {
        System.arraycopy(a, 0, b, 0, Math.min(b.length, random.nextInt(a.length + 1)));
      }
      assertThat(
              Integer.signum(
                  GuestString.BY_BYTES.compare(GuestString.decode(a), GuestString.decode(b))))
          .as("%s against %s", HexFormat.of().formatHex(a), HexFormat.of().formatHex(b))
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
    }
  }

  private static byte[] boundaries(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) BOUNDARIES[random.nextInt(BOUNDARIES.length)];
    }
    return bytes;
  }

  @Test
  void everySequenceOfOneByteSurvives() {
    byte[] bytes = new byte[1];
    for (int a = 1; a <= 0xFF; a++) {
      bytes[0] = (byte) a;
      assertSurvives(bytes);
      assertDecodedAsTheTableSays(bytes);
    }
  }

  @Test
  void everySequenceOfTwoBytesSurvives() {
    byte[] bytes = new byte[2];
    for (int a = 1; a <= 0xFF; a++) {
      bytes[0] = (byte) a;
      for (int b = 1; b <= 0xFF; b++) {
        bytes[1] = (byte) b;
        assertSurvives(bytes);
        assertDecodedAsTheTableSays(bytes);
      }
    }
  }

  @Test
  void everySequenceOfThreeBytesSurvives() {
    byte[] bytes = new byte[3];
    // After a byte of ASCII they are the sequences of two bytes again.
    for (int a = 0x80; a <= 0xFF; a++) {
      bytes[0] = (byte) a;
      for (int b = 1; b <= 0xFF; b++) {
        bytes[1] = (byte) b;
        for (int c = 1; c <= 0xFF; c++) {
          bytes[2] = (byte) c;
          assertSurvives(bytes);
        }
      }
    }
  }

  @Test
  void sequencesOfFourBytesAtTheBoundariesSurvive() {
    byte[] bytes = new byte[4];
    for (int a : BOUNDARIES) {
      bytes[0] = (byte) a;
      for (int b : BOUNDARIES) {
        bytes[1] = (byte) b;
        for (int c : BOUNDARIES) {
          bytes[2] = (byte) c;
          for (int d : BOUNDARIES) {
            bytes[3] = (byte) d;
            assertSurvives(bytes);
            assertDecodedAsTheTableSays(bytes);
          }
        }
      }
    }
  }

  @Test
  void everyCodePointIsAsInUtf8() {
    for (int codePoint = 1; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        String string = Character.toString(codePoint);
        byte[] bytes = string.getBytes(UTF_8);
        if (!GuestString.decode(bytes).equals(string)
            || !Arrays.equals(GuestString.encode(string), bytes)) {
          throw new AssertionError("U+%04X".formatted(codePoint));
        }
      }
    }
  }

  @Test
  void randomBytesSurvive(ByteBufAllocator allocator) {
    long seed = System.nanoTime();
    System.out.println("randomBytesSurvive: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_STRINGS; i++) {
      byte[] bytes = randomBytes(random);
      assertSurvives(bytes);
      assertDecodedAsTheTableSays(bytes);
      assertSurvivesBuffer(bytes, allocator);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "E9, \uDCE9",
    "80, \uDC80",
    "FF, \uDCFF",
    "61E962, a\uDCE9b",
    // A surrogate encoded as UTF-8.
    "EDA080, \uDCED\uDCA0\uDC80",
    // Overlong forms of '/'.
    "C0AF, \uDCC0\uDCAF",
    "E080AF, \uDCE0\uDC80\uDCAF",
    // Beyond U+10FFFF.
    "F4908080, \uDCF4\uDC90\uDC80\uDC80",
    // Cut short.
    "E282, \uDCE2\uDC82",
    // The replacement character itself, alone and beside an invalid byte.
    "EFBFBD, \uFFFD",
    "EFBFBDFF, \uFFFD\uDCFF",
    "F09F90A7, \uD83D\uDC27",
  })
  void mapping(String hex, String string) {
    assertThat(GuestString.decode(HexBytes.bytes(hex))).isEqualTo(string);
    assertThat(GuestString.encode(string)).isEqualTo(HexBytes.bytes(hex));
    assertThat(GuestString.encodedLength(string)).isEqualTo(hex.length() / 2);
  }

  @Test
  void partsThatAreJoinedBecomeTheBytesJoined() {
    String joined =
        GuestString.decode(HexBytes.bytes("C3")) + GuestString.decode(HexBytes.bytes("A9"));
    assertThat(GuestString.encode(joined)).isEqualTo(HexBytes.bytes("C3A9"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD800",
        "\uDBFF",
        "\uDC00",
        "\uDC7F",
        "\uDD00",
        "\uDFFF",
        "caf\u00E9\uDC00",
        "\uD800x",
        "\uD800\uD800\uDC00",
        "ab\0c",
        "\0"
      })
  void stringThatNoGuestCanHaveIsRefused(String string, ByteBufAllocator allocator) {
    assertThatThrownBy(() -> GuestString.encodedLength(string))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GuestString.encode(string))
        .isInstanceOf(IllegalArgumentException.class);
    ByteBuf buffer = allocator.buffer();
    assertThatThrownBy(() -> GuestString.encode(string, buffer))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(buffer.isReadable()).isFalse();
    buffer.release();
  }

  @Test
  void refusalSaysWhatAndWhere() {
    assertThatThrownBy(() -> GuestString.encode("ab\uD800"))
        .hasMessage("lone surrogate U+D800 at index 2 of a string for the guest");
    assertThatThrownBy(() -> GuestString.encode("abc\0"))
        .hasMessage("NUL at index 3 of a string for the guest");
  }

  @Test
  void bufferTooShortIsRefused(ByteBufAllocator allocator) {
    ByteBuf buffer = HexBytes.buffer(allocator, "6162");
    assertThatThrownBy(() -> GuestString.decode(buffer, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    buffer.release();
  }

  /** Called millions of times, so it asserts by itself. */
  private static void assertSurvives(byte[] bytes) {
    if (!Arrays.equals(GuestString.encode(GuestString.decode(bytes)), bytes)) {
      throw new AssertionError("did not survive: " + HexFormat.of().formatHex(bytes));
    }
  }

  private static void assertSurvivesBuffer(byte[] bytes, ByteBufAllocator allocator) {
    ByteBuf buffer =
        allocator.buffer().writeByte('<').writeBytes(bytes).writeByte('>').skipBytes(1);
    String string = GuestString.decode(buffer, bytes.length);
    assertThat(string).isEqualTo(GuestString.decode(bytes));
    assertThat(buffer.readByte()).isEqualTo((byte) '>');
    GuestString.encode(string, buffer);
    assertThat(HexBytes.drain(buffer)).isEqualTo(bytes);
  }

  private static void assertDecodedAsTheTableSays(byte[] bytes) {
    StringBuilder expected = new StringBuilder();
    Matcher matcher = WELL_FORMED_OR_ONE_BYTE.matcher(new String(bytes, ISO_8859_1));
    while (matcher.find()) {
      String wellFormed = matcher.group(1);
      expected.append(
          wellFormed == null
              ? String.valueOf((char) (0xDC00 + matcher.group().charAt(0)))
              : new String(wellFormed.getBytes(ISO_8859_1), UTF_8));
    }
    if (!expected.toString().equals(GuestString.decode(bytes))) {
      assertThat(GuestString.decode(bytes))
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(expected.toString());
    }
  }

  /** Neither all valid nor all invalid: single bytes and characters in turn. */
  private static byte[] randomBytes(Random random) {
    StringBuilder latin1 = new StringBuilder();
    int parts = random.nextInt(30);
    for (int i = 0; i < parts; i++) {
      if (random.nextBoolean()) {
        latin1.append((char) (1 + random.nextInt(0xFF)));
      } else {
        String character = Character.toString(1 + random.nextInt(Character.MAX_CODE_POINT));
        latin1.append(new String(character.getBytes(UTF_8), ISO_8859_1));
      }
    }
    return latin1.toString().getBytes(ISO_8859_1);
  }
}
