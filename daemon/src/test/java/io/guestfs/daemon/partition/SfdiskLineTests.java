package io.guestfs.daemon.partition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SfdiskLineTests {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "','|','",
        "''|','",
        "',200'|',200M'",
        "'0,10'|',10M'",
        "'1,10,83,*'|'1M,10M,83,*'",
        "'1 10 L'|'1M 10M L'",
        "'0 10'|',10M'",
        "',,L'|',,L'",
        "'1'|'1M'",
        "',+,E'|',+,E'",
        "'label: gpt'|'label: gpt'",
      })
  void startAndSizeCountMegabytes(String line, String expected) {
    assertThat(SfdiskLine.ofMegabytes(line)).isEqualTo(expected);
  }
}
