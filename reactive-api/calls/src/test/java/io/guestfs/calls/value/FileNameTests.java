package io.guestfs.calls.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.xdr.GuestString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTests {

  @ParameterizedTest
  @ValueSource(strings = {"a", ".a", "...", "a.", "with a space", "\u00e9", "\udcff"})
  void whatADirectoryMayHoldIsAName(String name) {
    byte[] bytes = GuestString.encode(name);
    assertThat(FileName.of(bytes)).hasToString(name).isEqualTo(FileName.of(bytes.clone()));
    assertThat(FileName.of(bytes)).hasSameHashCodeAs(FileName.of(bytes.clone()));
    assertThat(FileName.of(bytes).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "/", "a/b", "a/"})
  void nothingElseIs(String text) {
    assertThatThrownBy(() -> FileName.of(GuestString.encode(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a name of a directory entry");
  }

  @Test
  void aNulEndsWhatTheKernelReadsSoItIsRefused() {
    assertThatThrownBy(() -> FileName.of(new byte[] {'a', 0, 'b'}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
