package io.guestfs.appliance.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.CacheMode;
import io.guestfs.appliance.Discard;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.DriveSource.NbdServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedDriveTests {

  @TempDir Path directory;
  private Path raw;
  private Path qcow2;

  @BeforeEach
  void make() throws IOException {
    raw = Images.raw(directory.resolve("raw"));
    qcow2 = Images.qcow2(directory.resolve("qcow2"));
  }

  private static String base(Drive.Builder drive) {
    return PreparedDrive.prepare(3, drive.build()).baseNode().toString();
  }

  @Test
  void describesWritableImages() {
    assertThat(base(Drive.local(raw)))
        .isEqualTo(
            """
            {"driver":"raw","read-only":false,"file":{"driver":"file","filename":"%s",\
            "read-only":false,"discard":"ignore","locking":"auto",\
            "cache":{"direct":false,"no-flush":false}},\
            "discard":"ignore","cache":{"direct":false,"no-flush":false},"node-name":"drive3"}\
            """
                .formatted(raw));
  }

  @Test
  void keepsQemuFromOpeningWhatTheHeaderNames() {
    assertThat(base(Drive.local(qcow2)))
        .startsWith("{\"driver\":\"qcow2\",\"read-only\":false,")
        .contains("\"backing\":null");
  }

  @Test
  void describesReadOnlyImagesWithAnOverlay() {
    PreparedDrive drive = PreparedDrive.prepare(3, Drive.local(qcow2).readOnly(true).build());
    assertThat(drive.needsOverlay()).isTrue();
    assertThat(drive.baseNode().toString())
        .startsWith("{\"driver\":\"qcow2\",\"read-only\":true,")
        .contains("\"read-only\":true,\"discard\":\"ignore\",\"locking\":\"off\"")
        .endsWith("\"node-name\":\"drive3-base\"}");
    assertThat(drive.overlayNode(Path.of("/o")))
        .hasToString(
            """
            {"driver":"qcow2","file":{"driver":"file","filename":"/o","discard":"unmap"},\
            "backing":"drive3-base","discard":"unmap",\
            "cache":{"direct":false,"no-flush":true},"node-name":"drive3"}\
            """);
  }

  @Test
  void describesChains() throws IOException {
    Path top = Images.qcow2(directory.resolve("top"), "raw", "raw", "data");
    assertThat(base(Drive.local(top).backingChain(true)))
        .contains("\"data-file\":{\"driver\":\"file\",\"filename\":\"" + directory + "/data\"")
        .contains(
            "\"backing\":{\"driver\":\"raw\",\"read-only\":true,\"file\":{\"driver\":\"file\"")
        .doesNotContain("null");
  }

  @Test
  void describesNbd() {
    NbdServer unix = new NbdServer.UnixSocket(Path.of("/s"));
    assertThat(base(Drive.nbd(unix, "x")))
        .contains(
            "\"file\":{\"driver\":\"nbd\",\"server\":{\"type\":\"unix\",\"path\":\"/s\"},"
                + "\"export\":\"x\"");
    NbdServer tcp = new NbdServer.Tcp("h", 10809);
    assertThat(base(Drive.nbd(tcp, "").format(DiskFormat.QCOW2)))
        .startsWith("{\"driver\":\"qcow2\"")
        .contains("{\"type\":\"inet\",\"host\":\"h\",\"port\":\"10809\"}", "\"backing\":null");
  }

  @Test
  void followsTheOptions() {
    assertThat(base(Drive.local(raw).cacheMode(CacheMode.UNSAFE)))
        .contains("\"no-flush\":true")
        .doesNotContain("\"no-flush\":false");
    assertThat(base(Drive.local(raw).discard(Discard.ENABLE)))
        .contains("\"discard\":\"unmap\"")
        .doesNotContain("ignore");
    assertThat(base(Drive.local(raw).copyOnRead(true)))
        .startsWith("{\"driver\":\"copy-on-read\",\"file\":{\"driver\":\"raw\"")
        .endsWith("\"node-name\":\"drive3\"}");
  }

  @Test
  void describesTheDisk() {
    assertThat(
            PreparedDrive.prepare(3, Drive.local(raw).label("data").blockSize(4096).build())
                .device("scsi0.0"))
        .hasToString(
            """
            {"driver":"scsi-hd","id":"disk3","bus":"scsi0.0","channel":0,"scsi-id":3,"lun":0,\
            "drive":"drive3","werror":"report","rerror":"report","serial":"data","logical_block_size":4096,\
            "physical_block_size":4096}\
            """);
  }

  @Test
  void refusesDiscardThatCannotBeHad() throws IOException {
    Path vmdk = Images.vmdk(directory.resolve("vmdk"), 1, "");
    Drive drive = Drive.local(vmdk).discard(Discard.ENABLE).build();
    assertThatThrownBy(() -> PreparedDrive.prepare(0, drive))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll(vmdk.toString(), "discard", "vmdk");
    assertThat(base(Drive.local(vmdk).discard(Discard.BEST_EFFORT))).contains("unmap");
  }
}
