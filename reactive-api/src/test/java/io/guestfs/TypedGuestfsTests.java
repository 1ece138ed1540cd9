package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.value.Size;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.BlockDeviceDescriptors;
import io.guestfs.calls.wire.DeviceDescriptors;
import io.guestfs.calls.wire.FilesystemDescriptors;
import io.guestfs.calls.wire.LogicalVolumeDescriptors;
import io.guestfs.calls.wire.LvmDescriptors;
import io.guestfs.calls.wire.MountDescriptors;
import io.guestfs.calls.wire.PartitionDescriptors;
import io.guestfs.calls.wire.SpaceDescriptors;
import io.guestfs.typed.FilesystemType;
import io.guestfs.typed.PartitionTableType;
import io.guestfs.typed.TypedGuestfs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the typed calls send. */
@Timeout(60)
class TypedGuestfsTests {

  private static final Device SDA = new Device("/dev/sda");
  private static final Device SDA1 = new Device("/dev/sda1");

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final TypedGuestfs g = TypedGuestfs.of(daemon.guestfs);

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  @Test
  void devicesAreListedAsDevices() {
    Recorder<Device> devices = Recorder.of(g.listDevices());
    daemon.expect(DeviceDescriptors.LIST_DEVICES).reply(List.of("/dev/sda", "/dev/sdb"));
    assertThat(devices.values()).containsExactly(new Device("/dev/sda"), new Device("/dev/sdb"));

    Recorder<Device> partitions = Recorder.of(g.listPartitions());
    daemon.expect(DeviceDescriptors.LIST_PARTITIONS).reply(List.of("/dev/sda1"));
    assertThat(partitions.values()).containsExactly(SDA1);

    Recorder<Device> volumes = Recorder.of(g.lvs());
    daemon.expect(LvmDescriptors.LVS).reply(List.of("/dev/VG/LV"));
    assertThat(volumes.values()).containsExactly(new Device("/dev/VG/LV"));
  }

  @Test
  void fileSystemsKeepTheirOrder() {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("/dev/sda2", "ext4");
    found.put("btrfsvol:/dev/sda1/home", "btrfs");
    found.put("/dev/sda1", "unknown");
    Recorder<Map<Mountable, String>> filesystems = Recorder.of(g.listFilesystems());
    daemon.expect(FilesystemDescriptors.LIST_FILESYSTEMS).reply(found);
    assertThat(filesystems.values().get(0))
        .containsExactly(
            Map.entry(new Mountable(new Device("/dev/sda2")), "ext4"),
            Map.entry(new Mountable(SDA1, "home"), "btrfs"),
            Map.entry(new Mountable(SDA1), "unknown"));
  }

  @Test
  void sizesHaveUnits() {
    Recorder<Size> size = Recorder.of(g.size(SDA1));
    daemon.expect(DeviceDescriptors.BLOCKDEV_GETSIZE64).reply(3L << 30);
    assertThat(size.values()).containsExactly(Size.ofGibibytes(3));

    Recorder<Device> volume = Recorder.of(g.lvcreate("LV", "VG", Size.ofGibibytes(2)));
    ScriptedDaemon.Received call = daemon.expect(LvmDescriptors.LVCREATE);
    assertThat(call.argument(2)).isEqualTo(2048);
    call.reply(null);
    assertThat(volume.values()).containsExactly(new Device("/dev/VG/LV"));

    Recorder.of(g.lvresize(new Device("/dev/VG/LV"), Size.ofMebibytes(12)));
    ScriptedDaemon.Received resize = daemon.expect(LogicalVolumeDescriptors.LVRESIZE);
    assertThat(resize.argument(1)).isEqualTo(12);
    resize.reply(null);
  }

  @Test
  void filesHaveSizes() {
    GuestPath file = new GuestPath("/file");
    Recorder<Size> size = Recorder.of(g.size(file));
    daemon.expect(AttributeDescriptors.FILESIZE).reply(1L << 40);
    assertThat(size.values()).containsExactly(Size.ofTebibytes(1));

    Recorder.of(g.truncate(file, Size.ofKibibytes(1)));
    ScriptedDaemon.Received call = daemon.expect(SpaceDescriptors.TRUNCATE_SIZE);
    assertThat(call.argument(1)).isEqualTo(1024L);
    call.reply(null);
  }

  @Test
  void partitionsAreCountedInTheSectorsOfTheDisk() {
    Recorder.of(g.partAdd(SDA, Size.ofMebibytes(1), Size.ofMebibytes(2)));
    daemon.expect(BlockDeviceDescriptors.BLOCKDEV_GETSS).reply(4096);
    ScriptedDaemon.Received call = daemon.expect(PartitionDescriptors.PART_ADD);
    assertThat(call.argument(1)).isEqualTo("p");
    assertThat(call.argument(2)).isEqualTo(256L);
    assertThat(call.argument(3)).isEqualTo(767L);
    call.reply(null);

    Recorder<Void> odd = Recorder.of(g.partAdd(SDA, Size.ofMebibytes(1), Size.ofBytes(6144)));
    daemon.expect(BlockDeviceDescriptors.BLOCKDEV_GETSS).reply(4096);
    assertThat(odd.assertError(IllegalArgumentException.class)).hasMessageContaining("4 KiB");
    daemon.expectNothing();
  }

  @Test
  void aSizeThatTheCallCannotExpressIsAnError() {
    Recorder<Device> volume = Recorder.of(g.lvcreate("LV", "VG", Size.ofBytes(1000)));
    assertThat(volume.assertError(IllegalArgumentException.class)).hasMessageContaining("1000");
    Recorder<Void> resize = Recorder.of(g.lvresize(SDA1, Size.ofKibibytes(1)));
    resize.assertError(IllegalArgumentException.class);
    daemon.expectNothing();
  }

  @Test
  void mountingIsNotSynchronous() {
    Recorder.of(g.mount(new Mountable(SDA1, "home"), new GuestPath("/")));
    ScriptedDaemon.Received mount = daemon.expect(MountDescriptors.MOUNT_OPTIONS);
    assertThat(mount.argument(0)).isEqualTo("");
    assertThat(mount.argument(1)).isEqualTo("btrfsvol:/dev/sda1/home");
    mount.reply(null);

    Recorder.of(g.mountRo(SDA1, new GuestPath("/mnt")));
    ScriptedDaemon.Received mountRo = daemon.expect(MountDescriptors.MOUNT_RO);
    assertThat(mountRo.argument(1)).isEqualTo("/mnt");
    mountRo.reply(null);

    Recorder.of(g.umount(new GuestPath("/mnt")));
    daemon.expect(MountDescriptors.UMOUNT).reply(null);
  }

  @Test
  void formatsHaveNames() {
    Recorder.of(g.mkfs(FilesystemType.NTFS, SDA1, MkfsOptions.defaults().label("C")));
    ScriptedDaemon.Received mkfs = daemon.expect(FilesystemDescriptors.MKFS);
    assertThat(mkfs.argument(0)).isEqualTo("ntfs");
    assertThat(mkfs.argument(1)).isEqualTo("/dev/sda1");
    mkfs.reply(null);

    Recorder.of(g.partDisk(SDA, PartitionTableType.GPT));
    ScriptedDaemon.Received partDisk = daemon.expect(PartitionDescriptors.PART_DISK);
    assertThat(partDisk.argument(1)).isEqualTo("gpt");
    partDisk.reply(null);
    Recorder.of(g.partInit(SDA, PartitionTableType.MBR));
    ScriptedDaemon.Received partInit = daemon.expect(PartitionDescriptors.PART_INIT);
    assertThat(partInit.argument(1)).isEqualTo("mbr");
    partInit.reply(null);

    Recorder.of(g.pvcreate(SDA1));
    daemon.expect(LvmDescriptors.PVCREATE).reply(null);
    Recorder.of(g.vgcreate("VG", List.of(SDA1)));
    ScriptedDaemon.Received vgcreate = daemon.expect(LvmDescriptors.VGCREATE);
    assertThat(vgcreate.argument(1)).isEqualTo(List.of("/dev/sda1"));
    vgcreate.reply(null);
  }
}
