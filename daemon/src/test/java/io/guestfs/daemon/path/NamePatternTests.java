package io.guestfs.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "* a",
        "a* a",
        "*a*b*c xaybzc",
        "a**b ab",
        "?? ab",
        "[abc] b",
        "[a-c]x bx",
        "[!a-c] d",
        "[^a-c] d",
        "[]] ]",
        "[!]] a",
        "[a-] -",
        "[-a] -",
        "[\\]] ]",
        "[[:digit:]x] 7",
        "[[:digit:]x] x",
        "[![:upper:]] a",
        "[[:nonsense:]] :]",
        "[[=a=]b] a",
        "[[=a=]b] b",
        "[[.a.]] a",
        "[[.a.]-c] b",
        "[[=ab=]] a]",
        "?? é",
        "[!a]? é",
        "[ab [ab",
        "\\* *",
        "a\\ a\\",
        ".* .a",
        "\\.a .a",
        "a.b a.b"
      })
  void matches(String pattern, String name) {
    assertThat(NamePattern.of(pattern).matches(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a b",
        "a ab",
        "ab a",
        "? ab",
        "*a*b*c xaybz",
        "[abc] d",
        "[!a-c] b",
        "[a-c] -",
        "[[:digit:]] a",
        "? é",
        "[[:alpha:]]* é",
        "[[.a.]-c] d",
        "\\* a",
        "* .a",
        "?a .a",
        "[.]a .a",
        "*.a .a"
      })
  void doesNotMatch(String pattern, String name) {
    assertThat(NamePattern.of(pattern).matches(name)).isFalse();
  }

  @Test
  void manyStarsTakeNoLongerThanOne() {
    assertThat(NamePattern.of("*a".repeat(50) + "b").matches("a".repeat(255))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"abc abc", "é é", "a\\*b a*b", "a\\ a\\", "[ab [ab"})
  void isLiteral(String pattern, String name) {
    assertThat(NamePattern.of(pattern).literal()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"*", "a?", "[a]"})
  void isNotLiteral(String pattern) {
    assertThat(NamePattern.of(pattern).literal()).isNull();
  }
}
