package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.InternalMountable;
import io.guestfs.calls.wire.DeviceDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.LogicalVolumeDescriptors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of devices that the library makes of what the daemon says. */
@Timeout(60)
class DeviceNameTests {

  private static final List<String> DISKS = List.of("/dev/sda", "/dev/sdb");

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/sda1,/dev/sda1",
    "/dev/hda,/dev/sda",
    "/dev/vdab12,/dev/sdab12",
    "/dev/ubda3,/dev/sda3",
    "/dev/VG/LV,/dev/VG/LV",
    "/dev/md0,/dev/md0",
    "/dev/xvda1,/dev/sda1",
    "/dev/vd1,/dev/sd1",
    "/dev/hdaX,/dev/sdaX",
    "/dev/abcd,/dev/abcd",
    "/dev/a/da,/dev/a/da",
    "/dev/disk,/dev/disk",
    "nonsense,nonsense"
  })
  void theKindOfADiskIsNoPartOfItsName(String device, String canonical) {
    Recorder<String> name = Recorder.of(g.canonicalDeviceName(device));
    daemon.expectNothing();
    assertThat(name.values()).containsExactly(canonical);
  }

  @Test
  void theDaemonKnowsLogicalVolumes() {
    Recorder<String> volume = Recorder.of(g.canonicalDeviceName("/dev/mapper/VG-LV"));
    daemon.expect(LogicalVolumeDescriptors.LVM_CANONICAL_LV_NAME).reply("/dev/VG/LV");
    assertThat(volume.values()).containsExactly("/dev/VG/LV");

    Recorder<String> other = Recorder.of(g.canonicalDeviceName("/dev/dm-1"));
    daemon.expect(LogicalVolumeDescriptors.LVM_CANONICAL_LV_NAME).fail("EINVAL", "no volume");
    assertThat(other.values()).containsExactly("/dev/dm-1");
  }

  @Test
  void disksAreCountedFromZero() {
    Recorder<Integer> index = Recorder.of(g.deviceIndex("/dev/vdb"));
    daemon.expect(DeviceDescriptors.LIST_DEVICES).reply(DISKS);
    assertThat(index.values()).containsExactly(1);

    Recorder<Integer> partition = Recorder.of(g.deviceIndex("/dev/sda1"));
    daemon.expect(DeviceDescriptors.LIST_DEVICES).reply(DISKS);
    assertThat(partition.assertError(CallFailedException.class).errnoName()).isEqualTo("ENODEV");

    Recorder<String> name = Recorder.of(g.deviceName(1));
    daemon.expect(DeviceDescriptors.LIST_DEVICES).reply(DISKS);
    assertThat(name.values()).containsExactly("/dev/sdb");
  }

  @ParameterizedTest
  @CsvSource({"-1", "2", "99"})
  void thereAreNotSoManyDisks(int index) {
    Recorder<String> name = Recorder.of(g.deviceName(index));
    daemon.expect(DeviceDescriptors.LIST_DEVICES).reply(DISKS);
    assertThat(name.assertError(CallFailedException.class).errnoName()).isEqualTo("EINVAL");
  }

  @Test
  void aMountableHasParts() {
    Recorder<String> device = Recorder.of(g.mountableDevice("btrfsvol:/dev/sda1/home"));
    daemon
        .expect(InternalDescriptors.INTERNAL_PARSE_MOUNTABLE)
        .reply(new InternalMountable(2, "/dev/sda1", "home"));
    assertThat(device.values()).containsExactly("/dev/sda1");

    Recorder<String> subvolume = Recorder.of(g.mountableSubvolume("btrfsvol:/dev/sda1/home"));
    daemon
        .expect(InternalDescriptors.INTERNAL_PARSE_MOUNTABLE)
        .reply(new InternalMountable(2, "/dev/sda1", "home"));
    assertThat(subvolume.values()).containsExactly("home");

    Recorder<String> none = Recorder.of(g.mountableSubvolume("/dev/sda1"));
    daemon
        .expect(InternalDescriptors.INTERNAL_PARSE_MOUNTABLE)
        .reply(new InternalMountable(1, "/dev/sda1", ""));
    assertThat(none.assertError(CallFailedException.class).errnoName()).isEqualTo("EINVAL");
  }
}
