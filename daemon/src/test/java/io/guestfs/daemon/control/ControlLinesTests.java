package io.guestfs.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.device.GivenDisks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlLinesTests {

  @Test
  void readsWhatWakes() {
    assertThat(Wake.parse("wake 12 34 abcd some-id 0,1,26"))
        .isEqualTo(new Wake(12, 34, "abcd", "some-id", disks(false, 0, 1, 26)));
    assertThat(Wake.parse("wake 12 34 abcd some-id -").disks()).isEqualTo(disks(false));
  }

  @Test
  void disksMayComeLater() {
    assertThat(Wake.parse("wake 12 34 abcd some-id later").disks()).isNull();
    assertThat(Plugged.parse("disks 56 78 3")).isEqualTo(new Plugged(56, 78, disks(false, 3)));
    assertThat(Plugged.parse("disks 56 78 -").disks()).isEqualTo(disks(false));
  }

  @Test
  void firstDiskMayTakeThePlaceholdersPlace() {
    assertThat(GivenDisks.parse("placeholder")).isEqualTo(disks(true));
    assertThat(GivenDisks.parse("placeholder,1,2")).isEqualTo(disks(true, 1, 2));
  }

  @Test
  void rehearsesWithLinesAsTheyWillCome() {
    assertThat(Wake.parse(Wake.rehearsal()).disks()).isEqualTo(disks(true));
    assertThat(Plugged.parse(Plugged.rehearsal()).disks()).isEqualTo(disks(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "disks",
        "disks 1 2",
        "disks 1 2 x",
        "wake 1 2 -",
        "disks 1 2 3 4",
        "disks 1 2 1,placeholder"
      })
  void refusesAnythingElse(String line) {
    assertThatThrownBy(() -> Plugged.parse(line)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Wake.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }

  private static GivenDisks disks(boolean placeholderTaken, Integer... targets) {
    return new GivenDisks(placeholderTaken, List.of(targets));
  }
}
