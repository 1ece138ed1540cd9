package io.guestfs.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountEntryTests {
  @Test
  void keepsTheOrder() {
    List<MountEntry> entries =
        MountEntry.parse(
            """
            29 1 8:1 / /sysroot rw,relatime - ext4 /dev/sda1 rw
            31 29 0:28 /home /sysroot/home rw,relatime shared:1 master:2 - btrfs /dev/sdb rw,subvol=/home
            """);

    assertThat(entries)
        .containsExactly(
            new MountEntry(29, "/", "/sysroot", "ext4", "/dev/sda1"),
            new MountEntry(31, "/home", "/sysroot/home", "btrfs", "/dev/sdb"));
  }

  @Test
  void namesMayHoldAnything() {
    List<MountEntry> entries =
        MountEntry.parse(
            "40 29 8:2 / /sysroot/a\\040b\\011c\\012d\\134e$1\r rw - xfs /dev/sda2 ro\n");

    assertThat(entries.get(0).mountPoint()).isEqualTo("/sysroot/a b\tc\nd\\e$1\r");
  }

  @Test
  void aLineThatIsShortIsAnError() {
    assertThatThrownBy(() -> MountEntry.parse("29 1 8:1 / /sysroot rw - ext4\n"))
        .isInstanceOf(CallException.class)
        .hasMessageContaining("not understood");
  }
}
