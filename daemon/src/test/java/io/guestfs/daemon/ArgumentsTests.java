package io.guestfs.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentsTests {
  @Test
  void readsBothForms() {
    assertThat(Arguments.parse("--port", "/dev/vport0p1", "--root", "/sysroot"))
        .isEqualTo(new Arguments("/dev/vport0p1", null, null, null, "/sysroot"));
    assertThat(Arguments.parse("--root", "/tmp/guest", "--socket", "/tmp/socket"))
        .isEqualTo(new Arguments(null, null, null, "/tmp/socket", "/tmp/guest"));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(Arguments::parse).hasMessageContaining("--root");
    assertThatThrownBy(() -> Arguments.parse("--root", "/x")).hasMessageContaining("--port");
    assertThatThrownBy(() -> Arguments.parse("--root", "/x", "--port", "/p", "--socket", "/s"))
        .hasMessageContaining("either");
    assertThatThrownBy(() -> Arguments.parse("--root", "/x", "--socket", "/s", "--plug", "/p"))
        .hasMessageContaining("for appliances");
    assertThatThrownBy(() -> Arguments.parse("--root")).hasMessage("--root needs a value");
    assertThatThrownBy(() -> Arguments.parse("--rot", "/x")).hasMessage("--rot is not known");
  }
}
