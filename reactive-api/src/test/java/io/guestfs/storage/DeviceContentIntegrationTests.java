package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.CopyDeviceToDeviceOptions;
import io.guestfs.calls.CopyDeviceToFileOptions;
import io.guestfs.calls.CopyFileToDeviceOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(StorageMachine.class)
@Timeout(300)
class DeviceContentIntegrationTests {
  private static final long SDC_SIZE = StorageMachine.SDC_MEGABYTES * 1024L * 1024L;

  private final Guestfs g;

  DeviceContentIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void readsWhatWasWritten() {
    byte[] content = "new data".getBytes(UTF_8);

    assertThat(get(g.pwriteDevice("/dev/sdc", content, 4093))).isEqualTo(8);

    assertThat(get(g.preadDevice("/dev/sdc", 8, 4093))).isEqualTo(content);
    assertThat(get(g.preadDevice("/dev/sdc", 100, SDC_SIZE - 10))).hasSize(10);
    assertThat(get(g.preadDevice("/dev/sdc", 1, SDC_SIZE))).isEmpty();
    await(g.zero("/dev/sdc"));
  }

  @Test
  void writesNoFurtherThanTheEnd() {
    assertThat(get(g.pwriteDevice("/dev/sdc", new byte[100_000], SDC_SIZE - 70_000)))
        .isBetween(1, 70_000);
    assertFails("ENOSPC", g.pwriteDevice("/dev/sdc", new byte[1], SDC_SIZE));
    assertFails("EINVAL", g.pwriteDevice("/dev/sdc", new byte[1], -1));
    assertFails("EINVAL", g.preadDevice("/dev/sdc", -1, 0));
    assertFails("ENOENT", g.preadDevice("/dev/sdz", 1, 0));
  }

  @Test
  void zeroesAreToldFromContent() {
    byte[] megabyte = new byte[1 << 20];
    await(
        Flux.range(0, StorageMachine.SDC_MEGABYTES)
            .concatMap(i -> g.pwriteDevice("/dev/sdc", megabyte, (long) i << 20)));
    assertThat(get(g.isZeroDevice("/dev/sdc"))).isTrue();

    await(g.pwriteDevice("/dev/sdc", new byte[] {1}, SDC_SIZE - 1));

    assertThat(get(g.isZeroDevice("/dev/sdc"))).isFalse();
    await(g.pwriteDevice("/dev/sdc", new byte[] {0}, SDC_SIZE - 1));
  }

  @Test
  void copiesBetweenDevicesAndFiles() {
    await(g.mkfs("ext2", "/dev/sdb"));
    await(g.mount("/dev/sdb", "/"));
    await(g.write("/file", "0123456789".getBytes(UTF_8)));

    await(
        g.copyFileToDevice(
            "/file", "/dev/sdc", CopyFileToDeviceOptions.defaults().destoffset(1000).size(5)));
    await(
        g.copyDeviceToDevice(
            "/dev/sdc",
            "/dev/sdc",
            CopyDeviceToDeviceOptions.defaults().srcoffset(1001).destoffset(2000).size(4)));
    await(
        g.copyDeviceToFile(
            "/dev/sdc",
            "/file",
            CopyDeviceToFileOptions.defaults().srcoffset(2000).size(3).append(true)));

    assertThat(get(g.cat("/file"))).isEqualTo("0123456789123");
    await(g.copyDeviceToFile("/dev/sdc", "/image"));
    assertThat(get(g.filesize("/image"))).isEqualTo(SDC_SIZE);
    await(g.copyFileToDevice("/image", "/dev/sdc"));
    assertFails(
        "EINVAL",
        g.copyDeviceToFile(
            "/dev/sdc", "/image", CopyDeviceToFileOptions.defaults().size(SDC_SIZE + 1)));
  }

  @Test
  void aDeviceThatIsTooSmallIsFull() {
    assertFails("ENOSPC", g.copyDeviceToDevice("/dev/sdb", "/dev/sdc"));
  }
}
