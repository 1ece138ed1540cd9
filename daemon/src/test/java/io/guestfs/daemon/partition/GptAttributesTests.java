package io.guestfs.daemon.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GptAttributesTests {
  /** What sfdisk of util-linux 2.38 writes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|0",
        "RequiredPartition|1",
        "NoBlockIOProtocol|2",
        "LegacyBIOSBootable|4",
        "GUID:63|-9223372036854775808",
        "RequiredPartition LegacyBIOSBootable GUID:48,63|-9223090561878065147",
      })
  void wordsAreBits(String words, long bits) {
    assertThat(GptAttributes.parse(words)).isEqualTo(bits);
    assertThat(GptAttributes.parse(GptAttributes.words(bits))).isEqualTo(bits);
  }

  @Test
  void allBitsThatCanBeSet() {
    assertThat(GptAttributes.words(7 | 3L << 48))
        .isEqualTo("RequiredPartition,NoBlockIOProtocol,LegacyBIOSBootable,GUID:48,GUID:49");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 47})
  void reservedBitsCannot(int bit) {
    assertThatThrownBy(() -> GptAttributes.words(1L << bit))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
        .hasMessageContaining("bit " + bit);
  }

  @Test
  void otherWordsAreNotUnderstood() {
    assertThatThrownBy(() -> GptAttributes.parse("Bootable")).isInstanceOf(CallException.class);
  }
}
