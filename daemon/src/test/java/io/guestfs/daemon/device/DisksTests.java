package io.guestfs.daemon.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.Mountable;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.FileStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DisksTests {
  private static final long ROOT = FileStatus.deviceNumber(254, 0);

  @TempDir private Path sys;
  private Disks disks;
  private int lastMinor;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(sys.resolve("block"));
    disks = new Disks(sys.resolve("block").toString(), new ApplianceDisk(ROOT, 0));
  }

  @Test
  void disksAreListedInTheOrderOfTheirNames() throws IOException {
    for (int target : new int[] {27, 0, 26, 3, 25}) {
      scsi("sd" + DiskName.letters(target), target);
    }

    assertThat(names(disks.list()))
        .containsExactly("/dev/sda", "/dev/sdd", "/dev/sdz", "/dev/sdaa", "/dev/sdab");
  }

  @Test
  void diskInThePlaceholdersPlaceIsTheFirst() throws IOException {
    scsi("sda", Placeholder.TARGET);
    scsi("sdc", 1);
    scsi("sdb", 2);
    DeviceNames names = new DeviceNames(disks);

    assertThat(names(disks.list())).containsExactly("/dev/sda", "/dev/sdc", "/dev/sdb");
    assertThat(names.deviceNames(disks.list())).containsExactly("/dev/sda", "/dev/sdb", "/dev/sdc");
  }

  @Test
  void whatIsNoDiskOfTheUserIsNotListed() throws IOException {
    scsi("sda", 0);
    disk("loop0", "devices/virtual/block/loop0", "7:0");
    disk("dm-0", "devices/virtual/block/dm-0", "253:0");
    disk("md127", "devices/virtual/block/md127", "9:127");
    disk("zram0", "devices/virtual/block/zram0", "252:0");
    disk("vda", "devices/pci0000:00/0000:00:03.0/virtio1/block/vda", "254:0");
    Files.writeString(disk("sr0", "devices/ata1/host3/block/sr0", "11:0").resolve("size"), "0\n");

    assertThat(names(disks.list())).containsExactly("/dev/sda");
  }

  @Test
  void aDriveWithADiscIsListedLast() throws IOException {
    Files.writeString(disk("sr0", "devices/ata1/host3/block/sr0", "11:0").resolve("size"), "8\n");
    scsi("sda", 0);

    assertThat(names(disks.list())).containsExactly("/dev/sda", "/dev/sr0");
  }

  @Test
  void partitionsAreListedDiskAfterDiskInNumericalOrder() throws IOException {
    Path sdb = scsi("sdb", 1);
    Path sda = scsi("sda", 0);
    for (int number : new int[] {10, 2, 1}) {
      partition(sda, "sda", number);
    }
    partition(sdb, "sdb", 5);
    Files.createDirectory(sda.resolve("queue"));

    assertThat(names(disks.partitions()))
        .containsExactly("/dev/sda1", "/dev/sda2", "/dev/sda10", "/dev/sdb5");
  }

  /** Plugged in quickly, the second disk was seen first. */
  @Test
  void lettersThatTheKernelMixedUpAreTranslated() throws IOException {
    Path first = scsi("sdb", 0);
    scsi("sda", 1);
    partition(first, "sdb", 1);
    DeviceNames names = new DeviceNames(disks);

    assertThat(names(disks.list())).containsExactly("/dev/sdb", "/dev/sda");
    assertThat(names.deviceNames(disks.list())).containsExactly("/dev/sda", "/dev/sdb");
    assertThat(names.deviceNames(disks.partitions())).containsExactly("/dev/sda1");
    assertThat(names.name(new Mountable(new Device("/dev/sda3"), "home")))
        .isEqualTo("btrfsvol:/dev/sdb3/home");
  }

  @Test
  void disksOfAnotherKindAreKnownBySd() throws IOException {
    disk("vdb", "devices/pci0000:00/0000:00:04.0/virtio2/block/vdb", "254:16");
    DeviceNames names = new DeviceNames(disks);

    assertThat(names.name(new Device("/dev/vdb2"))).isEqualTo("/dev/sdb2");
  }

  @Test
  void whereNamesWouldCollideTheKernelsCount() throws IOException {
    disk("hda", "devices/pci0000:00/ide0/block/hda", "3:0");
    disk("sda", "devices/pci0000:00/ata1/host0/target0:0:0/0:0:0:0/block/sda", "8:0");
    DeviceNames names = new DeviceNames(disks);

    assertThat(names.deviceNames(disks.list())).containsExactly("/dev/hda", "/dev/sda");
  }

  @Test
  void otherDevicesKeepTheirNames() {
    DeviceNames names = new DeviceNames(disks);

    for (String name : List.of("/dev/VG/LV", "/dev/mapper/luks", "/dev/md0", "/dev/sdaXb1")) {
      assertThat(names.name(new Device(name))).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/sdq9", "/dev/VG/LV", "/dev/../etc/no-such-file"})
  void aDeviceThatIsMissingIsNamed(String name) {
    assertThatThrownBy(() -> new DeviceNames(disks).device(name))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
        .hasMessageStartingWith(name);
  }

  @ParameterizedTest
  @CsvSource({
    "btrfsvol:/dev/shm/LV/home/user,/dev/shm/LV",
    "btrfsvol:/dev/sdq1/home/user,/dev/sdq1",
    "/dev/shm/LV,/dev/shm/LV"
  })
  void theDeviceOfASubvolumeMayBeInAFolder(String mountable, String device) {
    assertThatThrownBy(() -> new DeviceNames(disks).mountable(mountable))
        .hasMessage(device + ": there is no such device");
  }

  @Test
  void aLabelNamesADiskAndItsPartitions() throws IOException {
    Path sdb = scsi("sdb", 0);
    serial(scsi("sda", 1), "other");
    serial(sdb, "boot");
    partition(sdb, "sdb", 1);
    partition(sdb, "sdb", 12);
    scsi("sdc", 2);

    assertThat(disks.labels().toString())
        .isEqualTo("{boot=/dev/sdb, boot1=/dev/sdb1, boot12=/dev/sdb12, other=/dev/sda}");
    assertThatThrownBy(() -> new DeviceNames(disks).device("/dev/disk/guestfs/nobody"))
        .hasMessage("/dev/disk/guestfs/nobody: there is no such device");
  }

  @Test
  void aLabelIsTheSerialNumber() throws IOException {
    Path vda = disk("vda", "devices/pci0000:00/0000:00:04.0/virtio2/block/vda", "254:16");
    Files.writeString(vda.resolve("serial"), "data");
    serial(scsi("sdb", 1), "QM00001");

    assertThat(disks.labels()).containsOnlyKeys("data");
    assertThat(new DiskLabels(sys.resolve("block").toString()).of(new Disk("vda", "sda")))
        .isEqualTo("data");
  }

  @Test
  void namesByLabelAreTakenApart() {
    assertThat(DiskLabels.parse("disk/guestfs/boot12"))
        .isEqualTo(new DiskLabels.Labelled("boot", "12"));
    assertThat(DiskLabels.parse("disk/guestfs/boot"))
        .isEqualTo(new DiskLabels.Labelled("boot", ""));
    assertThat(DiskLabels.parse("disk/guestfs/")).isNull();
    assertThat(DiskLabels.parse("disk/guestfs/a1b")).isNull();
    assertThat(DiskLabels.parse("disk/by-label/boot")).isNull();
  }

  @Test
  void aWholeDiskHasHardware() throws IOException {
    Files.createDirectory(scsi("sda", 0).resolve("device"));
    disk("dm-0", "devices/virtual/block/dm-0", "253:0");

    assertThat(disks.isWhole(new Device("/dev/sda"))).isTrue();
    assertThat(disks.isWhole(new Device("/dev/dm-0"))).isFalse();
    assertThat(disks.isWhole(new Device("/dev/VG/LV"))).isFalse();
    assertThat(Disks.none().isWhole(new Device("/dev/sda"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/.", "/dev/..", "/dev/shm/x", "/dev/../etc", "/dev/shm/"})
  void notEveryFolderIsAVolumeGroup(String name) {
    assertThatThrownBy(() -> new DeviceNames(disks).device(name)).isInstanceOf(CallException.class);
  }

  @Test
  void whatIsNotABlockDeviceIsRefused() {
    assertThatThrownBy(() -> new DeviceNames(disks).device("/dev/null"))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTBLK));
    assertThatThrownBy(() -> new DeviceNames(disks).device("/dev/../etc/passwd"))
        .isInstanceOf(CallException.class);
    assertThatThrownBy(() -> new DeviceNames(disks).device("/dev/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sda", "/nosuchfolder/sda", "/dev/nosuch"})
  void whatIsNotThereIsNoDevice(String name) {
    DeviceNames names = new DeviceNames(disks);
    assertThatThrownBy(() -> names.device(name))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    assertThatThrownBy(() -> names.mountable(name))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void onAHostThereAreNoDevices() {
    assertThat(Disks.none().list()).isEmpty();
    assertThat(Disks.none().partitions()).isEmpty();
    assertThatThrownBy(() -> new DeviceNames(Disks.none()).device("/dev/sda"))
        .isInstanceOf(CallException.class)
        .hasMessage("/dev/sda: there is no such device");
  }

  @ParameterizedTest
  @CsvSource({"0,a", "25,z", "26,aa", "51,az", "52,ba", "255,iv", "701,zz", "702,aaa"})
  void lettersCountOnAfterZ(int index, String letters) {
    assertThat(DiskName.letters(index)).isEqualTo(letters);
    assertThat(DiskName.parse("sd" + letters + "7")).isEqualTo(new DiskName("sd", index, "7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sda1x", "sdA", "sd1", "sr0", "nvme0n1", "vdabcdefg", "VG/sda"})
  void otherNamesHaveNoLetters(String name) {
    assertThat(DiskName.parse(name)).isNull();
  }

  private Path scsi(String kernelName, int target) throws IOException {
    lastMinor += 16;
    String address = "target0:0:" + target + "/0:0:" + target + ":0";
    return disk(
        kernelName,
        "devices/pci0000:00/0000:00:02.0/virtio0/host0/" + address + "/block/" + kernelName,
        "8:" + lastMinor);
  }

  private Path disk(String kernelName, String path, String number) throws IOException {
    Path folder = Files.createDirectories(sys.resolve(path));
    Files.writeString(folder.resolve("dev"), number + "\n");
    Files.createSymbolicLink(sys.resolve("block/" + kernelName), Path.of("../" + path));
    return folder;
  }

  /** Page 0x80 of a SCSI disk's vital product data. */
  private static void serial(Path disk, String serial) throws IOException {
    Path device = Files.createDirectory(disk.resolve("device"));
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    page.writeBytes(new byte[] {0, (byte) 0x80, 0, (byte) serial.length()});
    page.writeBytes(serial.getBytes(StandardCharsets.US_ASCII));
    Files.write(device.resolve("vpd_pg80"), page.toByteArray());
  }

  private static void partition(Path disk, String name, int number) throws IOException {
    Path folder = Files.createDirectory(disk.resolve(name + number));
    Files.writeString(folder.resolve("partition"), number + "\n");
  }

  private static List<String> names(List<Device> devices) {
    return devices.stream().map(Device::name).toList();
  }
}
