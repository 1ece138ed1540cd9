package io.guestfs.daemon.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.value.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapperNameTests {
  @ParameterizedTest
  @CsvSource({
    "VG-LV, /dev/VG/LV",
    "my--vg-a--b, /dev/my-vg/a-b",
    "a---b, /dev/a-/b",
    "a----b-c, /dev/a--b/c"
  })
  void hyphensInNamesAreDoubled(String mapper, String volume) {
    assertThat(MapperName.volume(mapper)).isEqualTo(volume);
  }

  @ParameterizedTest
  @CsvSource({"luks", "a--b", "a-b-c", "-b", "a-"})
  void whatCannotBeAVolumeIsNone(String mapper) {
    assertThat(MapperName.volume(mapper)).isNull();
  }

  @Test
  void otherNamesStay() {
    assertThat(MapperName.canonical(new Device("/dev/sda1")).name()).isEqualTo("/dev/sda1");
    // There is no such volume.
    assertThat(MapperName.canonical(new Device("/dev/mapper/no-such")).name())
        .isEqualTo("/dev/mapper/no-such");
  }
}
