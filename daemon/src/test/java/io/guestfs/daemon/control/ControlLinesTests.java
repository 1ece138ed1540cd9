package io.guestfs.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlLinesTests {

  @Test
  void readsWhatWakes() {
    assertThat(Wake.parse("wake 12 34 abcd some-id 0,1,26"))
        .isEqualTo(new Wake(12, 34, "abcd", "some-id", List.of(0, 1, 26)));
    assertThat(Wake.parse("wake 12 34 abcd some-id -").targets()).isEmpty();
  }

  @Test
  void disksMayComeLater() {
    assertThat(Wake.parse("wake 12 34 abcd some-id later").targets()).isNull();
    assertThat(Plugged.parse("disks 56 78 3")).isEqualTo(new Plugged(56, 78, List.of(3)));
    assertThat(Plugged.parse("disks 56 78 -").targets()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "disks", "disks 1 2", "disks 1 2 x", "wake 1 2 -", "disks 1 2 3 4"})
  void refusesAnythingElse(String line) {
    assertThatThrownBy(() -> Plugged.parse(line)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Wake.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
