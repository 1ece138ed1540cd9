package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.CapabilityDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class CapabilityHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void file() throws IOException {
    Root.assume("only root sets capabilities");
    Files.writeString(guest.path("/-file"), "");
    guest.run(LinkDescriptors.LN_S, "-file", "/link");
  }

  @Test
  void capabilitiesAreText() {
    assertThat(guest.call(CapabilityDescriptors.CAP_GET_FILE, "/-file")).isEmpty();

    guest.run(CapabilityDescriptors.CAP_SET_FILE, "/-file", "cap_chown=p cap_chown+e");

    assertThat(guest.call(CapabilityDescriptors.CAP_GET_FILE, "/link")).isEqualTo("cap_chown=ep");
  }

  @Test
  void onlyAFileItselfGetsThem() throws IOException {
    Files.createDirectory(guest.path("/dir"));

    assertFails("ELOOP", () -> guest.run(CapabilityDescriptors.CAP_SET_FILE, "/link", "=ep"));
    assertFails("EINVAL", () -> guest.run(CapabilityDescriptors.CAP_SET_FILE, "/dir", "=ep"));
    assertFails("EINVAL", () -> guest.run(CapabilityDescriptors.CAP_SET_FILE, "/-file", "cap_x=p"))
        .hasMessageContaining("cap_x");
    assertFails("ENOENT", () -> guest.run(CapabilityDescriptors.CAP_SET_FILE, "/nothing", "=ep"));
    assertFails("ENOENT", () -> guest.call(CapabilityDescriptors.CAP_GET_FILE, "/nothing"));
  }
}
