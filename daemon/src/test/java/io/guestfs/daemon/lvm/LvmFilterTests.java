package io.guestfs.daemon.lvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.value.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class LvmFilterTests {
  @Test
  void aDiskStandsForItsPartitions() {
    assertThat(filter("/dev/sda", "/dev/sdb2"))
        .isEqualTo("\"a|^/dev/sda[0-9]*$|\", \"a|^/dev/sdb2$|\", \"r|.*|\"");
  }

  @Test
  void nothingAcceptedIsAllRejected() {
    assertThat(filter()).isEqualTo("\"r|.*|\"");
  }

  @Test
  void aNameIsNoPatternAndCannotEndTheString() {
    assertThat(filter("/dev/mapper/a.b+\"|]-c1"))
        .isEqualTo("\"a|^/dev/mapper/a.b....-c1$|\", \"r|.*|\"");
  }

  private static String filter(String... devices) {
    String configuration =
        LvmFilter.configuration(List.of(devices).stream().map(Device::new).toList());
    return configuration.replaceAll("^devices \\{ global_filter = \\[ | ] }\n$", "");
  }
}
