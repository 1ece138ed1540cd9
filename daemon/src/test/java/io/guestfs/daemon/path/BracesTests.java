package io.guestfs.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracesTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc|abc",
        "a{b,c}d|abd acd",
        "{a,b}{1,2}|a1 a2 b1 b2",
        "a{b,c{d,e}}|ab acd ace",
        "a{b}|ab",
        "x{,y}|x xy",
        "a{}b|ab",
        "a{b,c|a{b,c",
        "a\\{b,c}|a\\{b,c}",
        "a{b\\,c,d}|ab\\,c ad",
        "a}b|a}b"
      })
  void giveOnePatternForEachAlternative(String pattern, String expected) {
    assertThat(Braces.expand(pattern)).containsExactly(expected.split(" "));
  }
}
