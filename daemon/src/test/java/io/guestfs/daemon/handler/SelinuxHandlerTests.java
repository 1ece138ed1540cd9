package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.SetfilesOptions;
import io.guestfs.calls.XAttr;
import io.guestfs.calls.wire.ExtendedAttributeDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.SelinuxDescriptors;
import io.guestfs.daemon.linux.SelinuxContext;
import io.guestfs.daemon.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class SelinuxHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void contextsOfAKernelWithoutSelinuxAreNotSupported() {
    assumeTrue(!SelinuxContext.isEnabled(), "this kernel has SELinux");

    assertFails("ENOTSUP", () -> guest.call(SelinuxDescriptors.GETCON));
    assertFails("ENOTSUP", () -> guest.run(SelinuxDescriptors.SETCON, "a:b:c:s0"));
    assertThat(guest.call(InternalDescriptors.INTERNAL_FEATURE_AVAILABLE, "selinux")).isEqualTo(1);
  }

  @Test
  void whatIsLabelledIsInTheGuest() {
    assertFails("EINVAL", () -> guest.run(SelinuxDescriptors.SETFILES, "/specs", List.of()));
    assertFails("EINVAL", () -> guest.run(SelinuxDescriptors.SETFILES, "specs", List.of("/")));
    assertFails("EINVAL", () -> guest.run(SelinuxDescriptors.SETFILES, "/specs", List.of("rel")));
  }

  @Test
  void labelsAreSetByTheRulesOfTheGuest() throws IOException {
    Root.assume("only root labels files");
    assumeTrue(Tool.isInstalled("setfiles"), "setfiles is not installed");
    Files.createDirectories(guest.path("/etc/a"));
    Files.createDirectory(guest.path("/dev"));
    Files.writeString(guest.path("/etc/a/file"), "");
    Files.writeString(guest.path("/etc/b"), "");
    Files.writeString(guest.path("/dev/null"), "");
    Files.createSymbolicLink(guest.path("/etc/out"), guest.outside("secret"));
    Files.createSymbolicLink(guest.path("/rules"), Path.of("real rules"));
    Files.writeString(guest.path("/real rules"), "/.*\tsystem_u:object_r:etc_t:s0\n");
    SetfilesOptions withoutA = SetfilesOptions.defaults().excludes(List.of("/etc/a", "/no"));

    Object[] arguments = {"/rules", List.of("/etc", "/dev")};
    assertThat(guest.library().call(SelinuxDescriptors.SETFILES, withoutA, arguments)).isNull();

    assertThat(label("/etc/b")).isEqualTo("system_u:object_r:etc_t:s0");
    assertThat(labels("/etc/a/file")).isEmpty();
    assertThat(labels("/dev/null")).isEmpty();
    guest.run(SelinuxDescriptors.SELINUX_RELABEL, "/rules", "/etc/a");
    assertThat(label("/etc/a/file")).isEqualTo("system_u:object_r:etc_t:s0");
    assertFails("ENOENT", () -> guest.run(SelinuxDescriptors.SETFILES, "/no", List.of("/etc")));
    assertFails("ENOENT", () -> guest.run(SelinuxDescriptors.SETFILES, "/rules", List.of("/no")));
    assertFails(
        "ENOENT", () -> guest.run(SelinuxDescriptors.SETFILES, "/rules", List.of("/etc/out")));
  }

  private List<XAttr> labels(String path) {
    return guest.call(ExtendedAttributeDescriptors.LGETXATTRS, path);
  }

  private String label(String path) {
    return new String(labels(path).get(0).attrval(), UTF_8).replace("\0", "");
  }
}
