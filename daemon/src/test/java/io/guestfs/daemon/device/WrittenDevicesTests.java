package io.guestfs.daemon.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WrittenDevicesTests {

  @TempDir private Path block;
  @TempDir private Path noDisks;

  private WrittenDevices devices() {
    return devices(new Disks(noDisks.toString(), ApplianceDisk.NONE));
  }

  private WrittenDevices devices(Disks disks) {
    return new WrittenDevices(block.toString(), disks, new DeviceNames(disks));
  }

  private void device(String name, String writes, String discards, String sectors)
      throws IOException {
    Path folder = Files.createDirectory(block.resolve(name));
    Files.writeString(
        folder.resolve("stat"),
        "     123        4     1960       99 %8s        0       16        5        0       88       99 %8s        0        0        0        1        2\n"
            .formatted(writes, discards));
    Files.writeString(folder.resolve("size"), sectors + "\n");
  }

  @Test
  void thoseThatWereNeverWrittenToAreLeftAlone() throws IOException {
    device("sda", "0", "0", "2048");
    device("sdb", "1", "0", "2048");
    device("sdb1", "10", "0", "1024");
    device("sdc", "0", "3", "2048");
    device("dm-0", "7", "0", "512");
    device("loop0", "7", "0", "0");

    assertThat(devices().list())
        .extracting(Device::name)
        .containsExactlyInAnyOrder("/dev/sdb", "/dev/sdb1", "/dev/sdc", "/dev/dm-0");
  }

  @Test
  void whatAnOldKernelDoesNotCountIsNothing() throws IOException {
    device("sda", "0", "0", "2048");
    Files.writeString(block.resolve("sda/stat"), "1 2 3 4 0 6 7 8 9 10 11\n");

    assertThat(devices().list()).isEmpty();
  }

  @Test
  void oneThatCannotBeSyncedIsNamed() throws IOException {
    device("sdzzz", "1", "0", "2048");

    assertThatThrownBy(devices()::sync)
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
        .hasMessageContaining("/dev/sdzzz");
  }

  @Test
  void aDaemonWithoutDisksTouchesNone() throws IOException {
    device("sda", "1", "0", "2048");

    assertThat(devices(Disks.none()).list()).isEmpty();
  }
}
