package io.guestfs.calls.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTests {

  @Test
  void itIsACopyOfTheCharacters() {
    char[] passphrase = "pässwört \ud83d\udd11".toCharArray();
    try (Key key = Key.of(passphrase)) {
      passphrase[0] = 'x';
      assertThat(key.bytes()).isEqualTo("pässwört \ud83d\udd11".getBytes(UTF_8));
    }
  }

  @Test
  void itIsACopyOfTheBytes() {
    byte[] content = {1, (byte) 0xff, 3};
    try (Key key = Key.ofBytes(content)) {
      content[0] = 9;
      key.bytes()[1] = 9;
      assertThat(key.bytes()).containsExactly(1, 0xff, 3);
    }
  }

  @Test
  void nothingIsLeftAfterItIsClosed() {
    Key key = Key.of("secret".toCharArray());
    key.close();
    key.close();
    assertThatThrownBy(key::bytes)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("was closed");
  }

  @Test
  void itIsNotShown() {
    try (Key key = Key.of("secret".toCharArray())) {
      assertThat(key).hasToString("***");
    }
  }

  @Test
  void itMayBeEmptyAndHasALimit() {
    try (Key empty = Key.of(new char[0])) {
      assertThat(empty.bytes()).isEmpty();
    }
    for (String tooLong : List.of("x".repeat(16_385), "ä".repeat(8_193))) {
      assertThatThrownBy(() -> Key.of(tooLong.toCharArray()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a key has at most 16384 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "half \ud83d of a pair", "\udc80"})
  void whatCannotTravelIsRefusedWithoutBeingShown(String passphrase) {
    assertThatThrownBy(() -> Key.of(passphrase.toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(passphrase);
  }
}
