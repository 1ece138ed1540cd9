package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.SetE2attrsOptions;
import io.guestfs.calls.wire.InodeFlagDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import io.guestfs.calls.wire.NodeDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class InodeFlagHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void file() throws IOException {
    Root.assume("only root sets all flags");
    assumeTrue(
        Files.getFileStore(guest.root()).type().startsWith("ext"),
        "the file system of the test is not of the ext family");
    Files.writeString(guest.path("/file"), "");
  }

  @Test
  void flagsAreSetAndCleared() {
    String always = flags("/file");

    change("/file", "Sad", false);
    assertThat(flags("/file").replace(always, "")).isEqualTo("Sad");
    change("/file", "ai", true);
    assertThat(flags("/file").replace(always, "")).isEqualTo("Sd");
    guest.run(InodeFlagDescriptors.SET_E2ATTRS, "/file", "");
    guest.run(InodeFlagDescriptors.SET_E2ATTRS, "/file", "A");
    assertThat(flags("/file").replace(always, "")).isEqualTo("ASd");
  }

  @Test
  void generationsAreThirtyTwoBits() {
    guest.run(InodeFlagDescriptors.SET_E2GENERATION, "/file", 4_000_000_000L);

    assertThat(guest.call(InodeFlagDescriptors.GET_E2GENERATION, "/file"))
        .isEqualTo(4_000_000_000L);
    assertFails(
        "EINVAL", () -> guest.run(InodeFlagDescriptors.SET_E2GENERATION, "/file", 1L << 32));
    assertFails("EINVAL", () -> guest.run(InodeFlagDescriptors.SET_E2GENERATION, "/file", -1L));
  }

  @Test
  void onlyFilesAndDirectoriesHaveThem() {
    guest.run(LinkDescriptors.LN_S, "file", "/link");
    guest.run(NodeDescriptors.MKFIFO, 0600, "/fifo");

    assertThat(flags("/")).doesNotContain("i");
    assertFails("ENOTSUP", () -> flags("/link"));
    assertFails("ENOTSUP", () -> flags("/fifo"));
    assertFails("ENOENT", () -> flags("/nothing"));
    assertFails("EINVAL", () -> change("/file", "iX", false)).hasMessageContaining("X");
    assertFails("EINVAL", () -> change("/file", "dd", false)).hasMessageContaining("twice");
  }

  private String flags(String path) {
    return guest.call(InodeFlagDescriptors.GET_E2ATTRS, path);
  }

  private void change(String path, String flags, boolean clear) {
    assertThat(
            guest
                .library()
                .call(
                    InodeFlagDescriptors.SET_E2ATTRS,
                    SetE2attrsOptions.defaults().clear(clear),
                    new Object[] {path, flags}))
        .isNull();
  }
}
