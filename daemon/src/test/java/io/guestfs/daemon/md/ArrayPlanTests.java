package io.guestfs.daemon.md;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.MdCreateOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayPlanTests {
  private static final Device A = new Device("/dev/sda");
  private static final Device B = new Device("/dev/sdb");
  private static final Device C = new Device("/dev/sdc");
  private static final MdCreateOptions NONE = MdCreateOptions.defaults();

  @Test
  void withoutOptionsAllDevicesAreAMirror() {
    ArrayPlan plan = ArrayPlan.of(List.of(A, B), NONE);
    assertThat(plan.options()).containsExactly("--level=raid1", "--raid-devices=2");
    assertThat(plan.members()).containsExactly("/dev/sda", "/dev/sdb");
  }

  @Test
  void missingMembersTakeTheirPlaces() {
    assertThat(ArrayPlan.of(List.of(A, B), NONE.missingbitmap(0b101)).members())
        .containsExactly("missing", "/dev/sda", "missing", "/dev/sdb");
    assertThat(ArrayPlan.of(List.of(A), NONE.missingbitmap(0b10)).members())
        .containsExactly("/dev/sda", "missing");
  }

  @Test
  void spareOnesAreTheLast() {
    ArrayPlan plan =
        ArrayPlan.of(List.of(A, B, C), NONE.spare(1).level("raid0").chunk(64 * 1024L).nrdevices(2));
    assertThat(plan.options())
        .containsExactly("--level=raid0", "--raid-devices=2", "--spare-devices=1", "--chunk=64");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertRefused("devices", List.of(A), NONE);
    assertRefused("devices", List.of(), NONE);
    assertRefused("2 are given", List.of(A, B), NONE.nrdevices(3));
    assertRefused("spare", List.of(A, B), NONE.spare(-1));
    assertRefused("no level", List.of(A, B), NONE.level("raid7"));
    assertRefused("no level", List.of(A, B), NONE.level("--help"));
    assertRefused("multiple of 1024", List.of(A, B), NONE.chunk(1000));
    assertRefused("multiple of 1024", List.of(A, B), NONE.chunk(-1024));
    assertRefused("missingbitmap", List.of(A), NONE.missingbitmap(0b1000));
    assertRefused("missingbitmap", List.of(A), NONE.missingbitmap(Long.MIN_VALUE));
  }

  private static void assertRefused(String why, List<Device> devices, MdCreateOptions options) {
    assertThatThrownBy(() -> ArrayPlan.of(devices, options))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
        .hasMessageContaining(why);
  }
}
