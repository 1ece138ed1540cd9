package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.UTSName;
import io.guestfs.calls.wire.KernelDescriptors;
import io.guestfs.daemon.tool.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class KernelHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void namesTheKernel() {
    assertThat(guest.call(KernelDescriptors.UTSNAME))
        .isEqualTo(new UTSName(uname("-s"), uname("-r"), uname("-v"), uname("-m")));
  }

  @Test
  void leavesTheKernelOfAHostAlone() {
    assertFails("ENOTSUP", () -> guest.run(KernelDescriptors.MODPROBE, "fat"));
    assertFails("ENOTSUP", () -> guest.run(KernelDescriptors.DROP_CACHES, 3));
  }

  private static String uname(String option) {
    return Tool.of("uname", option).run().stripTrailing();
  }
}
