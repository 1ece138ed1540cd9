package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.DaemonDescriptors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class DaemonHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void wordsComeBack() {
    guest.run(DaemonDescriptors.PING_DAEMON);

    assertThat(guest.call(DaemonDescriptors.ECHO_DAEMON, List.of("a", "b  c", "\udcff")))
        .isEqualTo("a b  c \udcff");
    assertThat(guest.call(DaemonDescriptors.ECHO_DAEMON, List.of())).isEmpty();
  }

  @Test
  void sleepTakesTime() {
    long start = System.nanoTime();

    guest.run(DaemonDescriptors.SLEEP, 1);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
    assertFails("EINVAL", () -> guest.run(DaemonDescriptors.SLEEP, -1));
  }

  @Test
  void fileSystemsOfTheKernelAreThere() {
    assertThat(available("proc")).isTrue();
    assertThat(available("tmpfs")).isTrue();
    assertThat(available("nosuchfilesystem")).isFalse();
    for (String name : List.of("", "a b", "../ext4", "ext4\n", "nodev\tproc", "\udcff")) {
      assertFails("EINVAL", () -> available(name)).hasMessageContaining("name of a file system");
    }
  }

  private boolean available(String filesystem) {
    return guest.call(DaemonDescriptors.FILESYSTEM_AVAILABLE, filesystem);
  }
}
