package io.guestfs.calls.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SizeTests {

  @Test
  void unitsArePowersOfTwo() {
    assertThat(Size.ofBytes(7).bytes()).isEqualTo(7);
    assertThat(Size.ofKibibytes(3)).isEqualTo(Size.ofBytes(3072));
    assertThat(Size.ofMebibytes(1)).isEqualTo(Size.ofKibibytes(1024));
    assertThat(Size.ofGibibytes(1)).isEqualTo(Size.ofMebibytes(1024));
    assertThat(Size.ofTebibytes(1)).isEqualTo(Size.ofGibibytes(1024));
    assertThat(Size.ofGibibytes(1)).isGreaterThan(Size.ofMebibytes(1023));
  }

  @Test
  void onlyWholeUnitsAreCounted() {
    assertThat(Size.ofGibibytes(2).mebibytes()).isEqualTo(2048);
    assertThat(Size.ofBytes(0).mebibytes()).isZero();
    assertThat(Size.ofKibibytes(2).in(Size.ofBytes(512))).isEqualTo(4);
    assertRefused("1025 KiB", () -> Size.ofKibibytes(1025).mebibytes());
    assertRefused("2 PiB", () -> Size.ofTebibytes(2048).mebibytes());
    assertThat(Size.ofMebibytes(Integer.MAX_VALUE).mebibytes()).isEqualTo(Integer.MAX_VALUE);
    assertRefused("0 bytes", () -> Size.ofBytes(512).in(Size.ofBytes(0)));
  }

  @Test
  void whatIsNoSizeIsRefused() {
    assertRefused("-1", () -> Size.ofBytes(-1));
    assertRefused("-1", () -> Size.ofMebibytes(-1));
    assertRefused("8388608", () -> Size.ofTebibytes(1 << 23));
    assertThat(Size.ofTebibytes((1 << 23) - 1).bytes()).isPositive();
  }

  private static void assertRefused(String why, Runnable size) {
    assertThatThrownBy(size::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aSizeIsShownInItsLargestUnit() {
    assertThat(Size.ofBytes(0)).hasToString("0 bytes");
    assertThat(Size.ofBytes(1500)).hasToString("1500 bytes");
    assertThat(Size.ofKibibytes(2048)).hasToString("2 MiB");
    assertThat(Size.ofTebibytes(1024)).hasToString("1 PiB");
    assertThat(Size.ofTebibytes(1 << 22)).hasToString("4096 PiB");
  }
}
